import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, json } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import type { ColumnMapping } from './column-mapping.js';
import { asRemembered, type LabelMapping, signatureOf, toRemember } from './remembered-mapping.js';
import type { Understanding } from './understanding.js';

type Header = Pick<Understanding, 'source' | 'labels' | 'mapping'>;

/** What people made of the columns of a source, for the next file of it; one memory a client. */
@Injectable()
export class MappingMemory {
  constructor(private readonly clock: Clock) {}

  /** The mapping to begin with, and since when it is remembered; null: nobody has changed anything yet. */
  async recall(
    db: Db,
    clientId: string,
    header: Header,
  ): Promise<{ mapping: ColumnMapping; since: Date } | null> {
    const signature = signatureOf(header.source, header.labels);
    const known = await db.row(
      sql`SELECT mapping, saved_at FROM import_mapping WHERE client_id = ${clientId} AND signature = ${signature}`,
      { mapping: json<LabelMapping>(), savedAt: instant },
    );
    if (known === null) return null;
    return { mapping: asRemembered(header.mapping, header.labels, known.mapping), since: known.savedAt };
  }

  /** Remembers what somebody chose; a choice that is what we understood anyway makes no memory, and ends one. */
  async keep(tx: Tx, actor: Actor, clientId: string, header: Header, chosen: ColumnMapping): Promise<void> {
    const isOurs = chosen.every((target, at) => target === header.mapping[at]);
    if (isOurs) return this.forget(tx, clientId, header);
    const mapping = JSON.stringify(toRemember(chosen, header.labels));
    await tx.run(sql`INSERT INTO import_mapping (id, client_id, signature, mapping, saved_by, saved_at)
      VALUES (${newId()}, ${clientId}, ${signatureOf(header.source, header.labels)}, ${mapping},
        ${actor.userId || null}, ${this.clock.now()})
      ON CONFLICT (client_id, signature) DO UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by,
        saved_at = excluded.saved_at`);
  }

  async forget(tx: Tx, clientId: string, header: Header): Promise<void> {
    await tx.run(sql`DELETE FROM import_mapping
      WHERE client_id = ${clientId} AND signature = ${signatureOf(header.source, header.labels)}`);
  }
}
