import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../clock/clock.service.js';
import { Config } from '../../config/config.js';
import { insertRows } from '../../database/bulk-insert.js';
import type { Db, Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import { KEY_KINDS, type IdentityKeys } from '../import/identity-keys.js';

/**
 * Who was erased, known by keyed hashes alone: enough to refuse them when a file brings them again, and nothing anybody
 * could be found out by without this installation's secret key.
 */
@Injectable()
export class ErasedPeople {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    config: Config,
  ) {
    this.key = createHmac('sha256', config.secretKey).update('erased people').digest();
  }

  /** @param clientId null: for the whole agency, future clients included */
  async remember(tx: Tx, clientId: string | null, keys: IdentityKeys): Promise<void> {
    const erasedAt = tx.dialect.bind(this.clock.now());
    const rows = this.digestsOf(keys).map((digest) => [newId(), clientId, digest, erasedAt]);
    await insertRows(tx, 'erased_identity', ['id', 'client_id', 'digest', 'erased_at'], rows);
  }

  async isErased(db: Db, clientId: string, keys: IdentityKeys): Promise<boolean> {
    return (await this.among(db, clientId, [{ keys }])).size > 0;
  }

  /** Those of many people who were erased for this client or for the agency. */
  async among<P extends { keys: IdentityKeys }>(
    db: Db,
    clientId: string,
    people: readonly P[],
  ): Promise<Set<P>> {
    const scope = sql`(client_id IS NULL OR client_id = ${clientId})`;
    // Most agencies have erased nobody: then nothing is worth hashing.
    const any = await db.row(sql`SELECT id FROM erased_identity WHERE ${scope} LIMIT 1`, { id: text });
    if (any === null) return new Set();
    const digests = new Map(people.map((person) => [person, this.digestsOf(person.keys)]));
    const asked = [...new Set([...digests.values()].flat())];
    const rows = await db.rows(
      sql`SELECT digest FROM erased_identity WHERE ${db.dialect.isAmong(sql`digest`, asked)} AND ${scope}`,
      { digest: text },
    );
    const found = new Set(rows.map(({ digest }) => digest));
    return new Set(people.filter((person) => digests.get(person)!.some((digest) => found.has(digest))));
  }

  private digestsOf(keys: IdentityKeys): string[] {
    return KEY_KINDS.flatMap((kind) => {
      const value = keys[kind];
      return value === null ? [] : [createHmac('sha256', this.key).update(`${kind}:${value}`).digest('hex')];
    });
  }
}
