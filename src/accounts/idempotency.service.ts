import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { integer, maybe, text, type RowOf } from '../database/rows.js';
import { Conflict } from '../shared/errors.js';
import { hashOf, newSecret } from './secret-token.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The hash of the `Idempotency-Key` this request is the first to bring. */
    claimedKey?: string;
  }
}

const KEPT = { bodyHash: text, status: maybe(integer), answer: maybe(text) };
type Kept = RowOf<typeof KEPT>;

/** The answer the first request of a key was given, thrown in place of doing the act again. */
export class Replay extends Error {
  constructor(
    readonly status: number,
    readonly answer: string | null,
  ) {
    super('Answered before');
  }
}

/** A file has not been read yet: another one betrays itself by its length, and one that tells none is always another. */
function lengthOf({ headers }: FastifyRequest): string | null {
  if (!headers['content-type']?.startsWith('multipart/')) return null;
  return headers['content-length'] ?? newSecret();
}

/** Keeps what a repeated request is answered; a failed first request frees its key. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Replay when it was answered before; Conflict when the key is running, or was another request's */
  async claim(request: FastifyRequest, key: string): Promise<void> {
    const hash = hashOf([request.actor?.userId, key, request.url].join('\n'));
    const bodyHash = hashOf(JSON.stringify(request.body ?? lengthOf(request)));
    const kept = await this.keptOrClaimed(hash, bodyHash);
    if (kept === null) request.claimedKey = hash;
    else if (kept.bodyHash !== bodyHash) throw new Conflict('idempotencyKeyReused');
    else if (kept.status === null) throw new Conflict('idempotencyKeyRunning');
    else throw new Replay(kept.status, kept.answer);
  }

  /** Looks at every answer on its way out, before it is compressed, and keeps those of claimed keys. */
  keepAnswers(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (request, reply, payload, done) => {
      if (request.claimedKey === undefined) done();
      else this.settle(request.claimedKey, reply, payload).then(() => done(), done);
    });
  }

  private async settle(hash: string, { statusCode }: FastifyReply, payload: unknown): Promise<void> {
    const isDone = statusCode < 400;
    const answer = typeof payload === 'string' ? payload : null;
    await this.database.write((tx) =>
      tx.run(
        isDone
          ? sql`UPDATE idempotency_key SET status = ${statusCode}, answer = ${answer} WHERE hash = ${hash}`
          : sql`DELETE FROM idempotency_key WHERE hash = ${hash} AND status IS NULL`,
      ),
    );
  }

  /** Null when the key is ours now; else what is kept under it. */
  private keptOrClaimed(hash: string, bodyHash: string): Promise<Kept | null> {
    return this.database.write(async (tx) => {
      const claimed = await tx.run(sql`INSERT INTO idempotency_key (hash, body_hash, created_at)
        VALUES (${hash}, ${bodyHash}, ${this.clock.now()}) ON CONFLICT DO NOTHING`);
      if (claimed > 0) return null;
      return tx.row(sql`SELECT body_hash, status, answer FROM idempotency_key WHERE hash = ${hash}`, KEPT);
    });
  }
}
