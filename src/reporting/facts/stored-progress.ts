import sql, { type Sql, join, raw } from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import type { Db, Tx } from '../../database/db.js';
import { type Shape, instant, integer, maybe, text } from '../../database/rows.js';
import { type Stage, stages } from './funnel.js';
import type { Progress } from './progress.js';

/** A row of `prospect_funnel`, flat as it is stored. */
export type StoredProgress = Record<string, string | number | Date | null>;

/** The column that dates a stage. The list of stages is ours and closed: nothing from outside gets into the SQL. */
export function dateColumn(stage: Stage): Sql {
  return raw(`${stage}_at`);
}

const texts = ['prospect_id', 'engagement_id', 'channel', 'client_id'];
const counts = ['reached', 'exits', 'marks', 'dials', 'connects', 'conversations'];
const origins = ['sequence_id', 'sdr_id', 'icp_id'];
const dates = [...stages.map((stage) => `${stage}_at`), 'ripens_at'];
const columns = [...texts, ...counts, ...origins, ...dates];

export function storedForm(
  of: { prospectId: string; clientId: string; icpId: string | null },
  progress: Progress,
): StoredProgress {
  return {
    prospect_id: of.prospectId,
    engagement_id: progress.engagementId,
    channel: progress.channel,
    client_id: of.clientId,
    reached: progress.reached,
    exits: progress.exits,
    marks: progress.marks,
    dials: progress.dials,
    connects: progress.connects,
    conversations: progress.conversations,
    sequence_id: progress.sequenceId,
    sdr_id: progress.sdrId,
    icp_id: of.icpId,
    ...Object.fromEntries(stages.map((stage) => [`${stage}_at`, progress.dates[stage] ?? null])),
    ripens_at: progress.ripensAt,
  };
}

/** Puts the rows of some prospects in place of those they had. */
export async function replaceProgress(
  tx: Tx,
  prospectIds: readonly string[],
  rows: readonly StoredProgress[],
): Promise<void> {
  await tx.run(sql`DELETE FROM prospect_funnel WHERE prospect_id IN (${join([...prospectIds])})`);
  const values = rows.map((row) => columns.map((column) => row[column]));
  await insertRows(tx, 'prospect_funnel', columns, values);
}

export async function storedProgressOf(db: Db, prospectIds: readonly string[]): Promise<StoredProgress[]> {
  if (prospectIds.length === 0) return [];
  const found = await db.rows(
    sql`SELECT ${raw(columns.join(', '))} FROM prospect_funnel WHERE prospect_id IN (${join([...prospectIds])})`,
    shape,
  );
  return found;
}

/** One text for one row, equal when the rows are: what a comparison compares. */
export function fingerprint(row: StoredProgress): string {
  return JSON.stringify(columns.map((column) => row[column]));
}

const shape = Object.fromEntries([
  ...texts.map((column) => [column, text]),
  ...counts.map((column) => [column, integer]),
  ...origins.map((column) => [column, maybe(text)]),
  ...dates.map((column) => [column, maybe(instant)]),
]) as Shape<StoredProgress>;
