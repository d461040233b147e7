import type { Actor } from '../../src/accounts/actor.js';
import { ENTITIES } from '../../src/entities.js';
import type { MergeInput } from '../../src/prospects/merge/merge.dto.js';
import { Merges } from '../../src/prospects/merge/merges.service.js';
import { Projection } from '../../src/reporting/facts/projection.service.js';
import type { World } from './world.js';

type Row = Record<string, unknown>;

/** Derived, or kept on purpose under the id it had; facts are compared by themselves, since none is ever taken away. */
const APART = new Set([
  ...['activity', 'activity_pending', 'prospect_funnel', 'duplicate_pair'],
  ...['import_row', 'bulk_act_row', 'icp_trial_row'],
]);

/** Every row of a client that has to do with prospects, table by table; only the counters of bookkeeping are left out. */
export async function everythingAbout(world: World, clientId: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  await world.database.read(async (db) => {
    for (const entity of ENTITIES) {
      const { columns, tableName } = db.entities.dataSource.getMetadata(entity);
      const isAbout = columns.some(({ propertyName }) => propertyName === 'prospectId');
      if (APART.has(tableName) || !(isAbout || tableName === 'prospect' || tableName === 'suppression'))
        continue;
      const rows: Row[] = await db.entities.find<Row>(entity as never);
      const own = rows.filter((row) => (row['clientId'] ?? clientId) === clientId && !row['removedAt']);
      found[tableName] = own.map(told).sort();
    }
  });
  return found;
}

/** The facts that stand, by prospect. */
export async function factsOf(world: World, clientId: string): Promise<Record<string, string[]>> {
  const rows = await world.database.read((db) => db.entities.find<Row>('Activity', { where: { clientId } }));
  const undone = new Set(rows.map((row) => row['undoesId']));
  const facts: Record<string, string[]> = {};
  for (const row of rows) {
    if (undone.has(row['id']) || row['undoesId'] !== null) continue;
    (facts[String(row['prospectId'])] ??= []).push(`${String(row['kind'])} ${String(row['id'])}`);
  }
  for (const own of Object.values(facts)) own.sort();
  return facts;
}

/** The stored report, row by row, and the prospects whose rows a rebuild would change. */
export async function reportOf(world: World): Promise<{ rows: string[]; different: string[] }> {
  const projection = world.get(Projection);
  await projection.catchUp();
  const { different } = await projection.compare();
  const rows = await world.database.read((db) => db.entities.find<Row>('ProspectFunnel'));
  return { rows: rows.map(told).sort(), different };
}

export function merge(
  world: World,
  actor: Actor,
  survivorId: string,
  otherId: string,
  take: MergeInput['take'] = {},
) {
  return world.get(Merges).merge(actor, survivorId, { otherId, take });
}

function told({ version: _version, updatedAt: _updatedAt, ...row }: Row): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}
