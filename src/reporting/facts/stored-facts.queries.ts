import sql, { join } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, json, maybe, text, type RowOf } from '../../database/rows.js';
import { type EngagementWindow, windowsOf } from './engagement-window.js';
import type { AuthoredFact } from './progress.js';

/** A prospect to be counted, with all that was recorded about it. */
export interface ProspectRecord {
  prospectId: string;
  clientId: string;
  icpId: string | null;
  facts: AuthoredFact[];
  windows: readonly EngagementWindow[];
}

const factShape = {
  id: text,
  prospectId: text,
  kind: text,
  at: instant,
  userId: maybe(text),
  fromStatus: maybe(text),
  toStatus: maybe(text),
  channel: maybe(text),
  result: maybe(text),
  reason: maybe(text),
  aboutId: maybe(text),
  undoesId: maybe(text),
  details: maybe(json<Record<string, unknown>>()),
};

/** The records of some prospects; one that no longer exists has none. */
export async function recordsOf(db: Db, prospectIds: readonly string[]): Promise<ProspectRecord[]> {
  if (prospectIds.length === 0) return [];
  const ids = join([...prospectIds]);
  const prospects = await db.rows(
    sql`SELECT p.id, p.client_id, p.fit, v.icp_id FROM prospect p
        LEFT JOIN icp_version v ON v.id = p.icp_version_id WHERE p.id IN (${ids}) ORDER BY p.id`,
    { id: text, clientId: text, fit: maybe(text), icpId: maybe(text) },
  );
  const facts = await db.rows(
    sql`SELECT id, prospect_id, kind, at, user_id, from_status, to_status, channel, result, reason, about_id, undoes_id, details
        FROM activity WHERE prospect_id IN (${ids}) AND kind <> 'note'`,
    factShape,
  );
  const windows = await windowsByClient(db, new Set(prospects.map(({ clientId }) => clientId)));
  const records = new Map<string, ProspectRecord>();
  for (const { id, clientId, icpId } of prospects) {
    records.set(id, { prospectId: id, clientId, icpId, facts: [], windows: windows.get(clientId) ?? [] });
  }
  const unfit = new Set(prospects.filter(({ fit }) => fit === 'unfit').map(({ id }) => id));
  for (const row of facts) records.get(row.prospectId)?.facts.push(factFrom(row, unfit.has(row.prospectId)));
  return [...records.values()];
}

/** The engagements of clients as the windows their facts fall into. */
export async function windowsByClient(
  db: Db,
  clientIds: ReadonlySet<string>,
): Promise<Map<string, EngagementWindow[]>> {
  if (clientIds.size === 0) return new Map();
  const rows = await db.rows(
    sql`SELECT e.id, e.client_id, e.starts_on, c.time_zone FROM engagement e JOIN client c ON c.id = e.client_id
        WHERE e.client_id IN (${join([...clientIds])})`,
    { id: text, clientId: text, startsOn: text, timeZone: text },
  );
  const windows = new Map<string, EngagementWindow[]>();
  for (const clientId of clientIds) {
    const own = rows.filter((row) => row.clientId === clientId);
    windows.set(clientId, windowsOf(own, own[0]?.timeZone ?? 'utc'));
  }
  return windows;
}

type FactRow = RowOf<typeof factShape>;

/** What the pure rules read: the meeting a fact is about, and why a row that was accepted is not eligible. */
function factFrom(row: FactRow, isUnfit: boolean): AuthoredFact {
  const data: Record<string, unknown> = { ...row.details, reason: row.reason };
  if (row.kind.startsWith('meeting.')) data['meetingId'] = row.aboutId;
  if (row.kind === 'prospect.created' && isUnfit) data['ineligible'] = 'unfit';
  const { id, kind, at, userId, channel, result, undoesId } = row;
  return { id, kind, at, userId, from: row.fromStatus, to: row.toStatus, channel, result, data, undoesId };
}
