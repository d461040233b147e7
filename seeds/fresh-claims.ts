import type { INestApplicationContext } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../src/database/database.js';
import { text } from '../src/database/rows.js';
import { Qualification } from '../src/meetings/qualification.service.js';
import type { Stage } from './teller.js';

/** This morning the SDR of each client claims the meeting held last and not claimed yet: its portal has one to confirm. */
export async function tellFreshClaims(
  app: INestApplicationContext,
  stages: readonly Pick<Stage, 'clientId' | 'sdr' | 'criteria'>[],
): Promise<void> {
  for (const { clientId, sdr, criteria } of stages) {
    const held = await app.get(Database, { strict: false }).read((db) =>
      db.row(
        sql`SELECT m.id FROM meeting m JOIN prospect p ON p.id = m.prospect_id
          WHERE m.client_id = ${clientId} AND m.state = 'held' AND m.qualification = 'none'
          ORDER BY m.starts_at DESC, p.sort_name LIMIT 1`,
        { id: text },
      ),
    );
    const claim = { criteria, note: 'Besoin et interlocuteur confirmés pendant l’échange.' };
    if (held) await app.get(Qualification, { strict: false }).claim(sdr, held.id, claim);
  }
}
