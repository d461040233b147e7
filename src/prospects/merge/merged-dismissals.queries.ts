import sql from 'sql-template-tag';
import type { Tx } from '../../database/db.js';
import { instant, maybe, text } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import type { MergeOf } from './merge-parts.service.js';

/** Whom somebody had said not to be the same person as the absorbed. */
export interface Dismissal {
  otherId: string;
  at: string;
  by: string | null;
}

const ROW = { firstId: text, secondId: text, dismissedAt: instant, dismissedBy: maybe(text) };

/** What was said of the absorbed is said of the survivor now. Gives what was said, to say it again after an undo. */
export async function moveDismissals(tx: Tx, merge: MergeOf): Promise<Dismissal[]> {
  const { absorbedId, survivorId } = merge;
  const rows = await tx.rows(
    sql`SELECT first_id, second_id, dismissed_at, dismissed_by FROM duplicate_pair
      WHERE (first_id = ${absorbedId} OR second_id = ${absorbedId}) AND dismissed_at IS NOT NULL`,
    ROW,
  );
  const dismissals = rows
    .map(({ firstId, secondId, dismissedAt, dismissedBy }) => ({
      otherId: firstId === absorbedId ? secondId : firstId,
      at: dismissedAt.toISOString(),
      by: dismissedBy,
    }))
    .filter(({ otherId }) => otherId !== survivorId);
  for (const dismissal of dismissals) await dismiss(tx, merge.clientId, survivorId, dismissal);
  return dismissals;
}

export async function giveDismissals(
  tx: Tx,
  { clientId, absorbedId }: MergeOf,
  dismissals: readonly Dismissal[],
): Promise<void> {
  for (const dismissal of dismissals) await dismiss(tx, clientId, absorbedId, dismissal);
}

/** Nothing happens when the other one is gone. */
export async function dismiss(
  tx: Tx,
  clientId: string,
  prospectId: string,
  { otherId, at, by }: Dismissal,
): Promise<void> {
  const [firstId, secondId] = [prospectId, otherId].sort();
  const both = await tx.rows(
    sql`SELECT id FROM prospect WHERE id IN (${firstId}, ${secondId}) AND client_id = ${clientId}`,
    {},
  );
  if (both.length < 2) return;
  const when = new Date(at);
  await tx.run(sql`INSERT INTO duplicate_pair (id, client_id, first_id, second_id, score, found_at, dismissed_at, dismissed_by)
    VALUES (${newId()}, ${clientId}, ${firstId}, ${secondId}, 0, ${when}, ${when}, ${by})
    ON CONFLICT (first_id, second_id) DO UPDATE SET dismissed_at = excluded.dismissed_at, dismissed_by = excluded.dismissed_by`);
}
