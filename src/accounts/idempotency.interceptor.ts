import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, concatMap, from, type Observable, throwError } from 'rxjs';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { isUniqueViolation } from '../database/dialect.js';
import { integer, maybe, text } from '../database/rows.js';
import { Conflict } from '../shared/errors.js';
import { isApi } from './actor.guard.js';
import { hashOf } from './secret-token.js';

interface Kept {
  bodyHash: string;
  status: number | null;
  answer: string | null;
}

/**
 * `Idempotency-Key` on a POST: the first request claims the key and keeps its answer; the same request again gets that
 * answer and changes nothing. A failed first request frees the key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || typeof key !== 'string' || key === '' || !isApi(request))
      return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const hash = hashOf([request.actor?.userId, key, request.url].join('\n'));
    const bodyHash = hashOf(JSON.stringify(request.body ?? null));
    return from(this.claim(hash, bodyHash)).pipe(
      concatMap((kept) => {
        if (kept !== null) return from(this.replay(kept, bodyHash, reply));
        return next.handle().pipe(
          concatMap((answer: unknown) => from(this.keep(hash, reply.statusCode, answer))),
          catchError((error: unknown) =>
            from(this.free(hash)).pipe(concatMap(() => throwError(() => error))),
          ),
        );
      }),
    );
  }

  /** Null when the key is ours now; else what is kept under it. */
  private async claim(hash: string, bodyHash: string): Promise<Kept | null> {
    try {
      await this.database.write((tx) =>
        tx.run(
          sql`INSERT INTO idempotency_key (hash, body_hash, created_at) VALUES (${hash}, ${bodyHash}, ${this.clock.now()})`,
        ),
      );
      return null;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.database.read((db) =>
        db.row(sql`SELECT body_hash, status, answer FROM idempotency_key WHERE hash = ${hash}`, {
          bodyHash: text,
          status: maybe(integer),
          answer: maybe(text),
        }),
      );
    }
  }

  private async replay(kept: Kept, bodyHash: string, reply: FastifyReply): Promise<unknown> {
    if (kept.bodyHash !== bodyHash) throw new Conflict('idempotencyKeyReused');
    if (kept.status === null) throw new Conflict('idempotencyKeyRunning');
    reply.header('Idempotent-Replayed', 'true');
    return kept.answer === null ? undefined : (JSON.parse(kept.answer) as unknown);
  }

  private async keep(hash: string, status: number, answer: unknown): Promise<unknown> {
    const kept = answer === undefined ? null : JSON.stringify(answer);
    await this.database.write((tx) =>
      tx.run(sql`UPDATE idempotency_key SET status = ${status}, answer = ${kept} WHERE hash = ${hash}`),
    );
    return answer;
  }

  private async free(hash: string): Promise<void> {
    await this.database.write((tx) =>
      tx.run(sql`DELETE FROM idempotency_key WHERE hash = ${hash} AND status IS NULL`),
    );
  }
}
