import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type FoundDuplicate, judgeDuplicates, plantedList } from '../support/planted-duplicates.js';
import { writeProspects } from './prospect-rows.js';
import { carnet, inFolder, type Measure, median, openStage, type Staged } from './stage.js';

const ROWS = 100_000;
const ROUNDS = 2;
/** What a file may hold. */
const MOST_ROWS = 200_000;

/**
 * A bought list with one duplicate in twenty, from the upload to the end of the import, with everything that belongs to
 * it (reading, identity, opt-outs, companies, verdict, facts), against better-sqlite3 writing the very prospects it left,
 * all indexes in place, in one transaction; and how well it knew the duplicates. Then the memory a full file takes, and how
 * long a status update takes while another file is coming in, beside the same on an idle server.
 */
export function run(): Promise<Measure[]> {
  return inFolder(async (folder) => {
    const server = await carnet(folder);
    try {
      const { database, token } = openStage(folder);
      const api = apiOf(server, token);
      const rounds: { ours: number; bare: number; found: ReturnType<typeof judgeDuplicates> }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { text, planted } = plantedList(ROWS, 0.05, round);
        const clientId = await newClient(api, `Round ${round}`);
        const { seconds, id } = await imported(api, clientId, text);
        const found = judgeDuplicates(planted, duplicatesIn(database, id));
        const bare = rawInserts(database, clientId);
        rounds.push({ ours: ROWS / seconds, bare: bare.rows / bare.seconds, found });
      }
      const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
      const [ours, bare] = [middle((round) => round.ours), middle((round) => round.bare)];
      const [precision, recall] = [
        middle((round) => round.found.precisionRate),
        middle((round) => round.found.recallRate),
      ];
      const memory = await memoryOfFullFile(server, api);
      const again = await waitDuring(api, database);
      database.close();
      const waits = 'p95 of a status update during an import, ms (beside: idle)';
      return [
        {
          name: `rows imported a second (${ROWS} rows, 16 columns)`,
          ours,
          bare,
          ratio: ours / bare,
          goal: '≥ 0.33',
        },
        {
          name: 'duplicates: of those found, right',
          ours: precision,
          bare: 1,
          ratio: precision,
          goal: '≥ 0.995',
        },
        { name: 'duplicates: of those planted, found', ours: recall, bare: 1, ratio: recall, goal: '≥ 0.95' },
        ...memory,
        { name: waits, ours: again.during, bare: again.idle, ratio: again.during / again.idle, goal: '≤ 2' },
      ];
    } finally {
      await server.stop();
    }
  });
}

/** Which rows an import took for somebody further up, and for whom. */
function duplicatesIn(database: Sqlite.Database, importId: string): FoundDuplicate[] {
  return database
    .prepare(
      `SELECT r.row_number rowNumber, CAST(p.custom ->> 'Ligne' AS INTEGER) "of"
        FROM import_row r JOIN prospect p ON p.id = r.prospect_id
        WHERE r.import_id = ? AND r.reason = 'duplicate_in_file'`,
    )
    .all(importId) as FoundDuplicate[];
}

/** The most memory the server holds at any time while a full file is checked and brought in, beside what it held before. */
async function memoryOfFullFile(server: Staged, api: Api): Promise<Measure[]> {
  const idle = server.memory();
  if (idle === null) return [];
  let most = idle;
  const watch = setInterval(() => (most = Math.max(most, server.memory() ?? 0)), 50);
  await imported(api, await newClient(api, 'Full'), plantedList(MOST_ROWS, 0.05, 7).text);
  clearInterval(watch);
  const name = `MB held during ${MOST_ROWS} rows (beside: before; ratio: MB more)`;
  return [{ name, ours: most, bare: idle, ratio: most - idle, goal: '≤ 150' }];
}

type Api = (path: string, init?: { json?: object; form?: FormData }) => Promise<Record<string, unknown>>;

function apiOf({ url }: Staged, token: string): Api {
  return async (path, { json, form } = {}) => {
    const body = form ?? (json && JSON.stringify(json));
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(json ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
}

async function newClient(api: Api, name: string): Promise<string> {
  const { id } = (await api('/clients', { json: { name } })) as { id: string };
  const icp = {
    name: 'Logiciels',
    industries: ['Logiciels'],
    headcount: { min: 50, max: 500 },
    countries: ['FR'],
    functions: ['sales'],
    seniorities: ['director', 'head'],
    exclusions: { domains: ['concurrent.example'] },
  };
  await api(`/clients/${id}/icps`, { json: icp });
  return id;
}

/** Seconds from the first byte sent to the last row written. */
async function imported(
  api: Api,
  clientId: string,
  content: string,
): Promise<{ seconds: number; id: string }> {
  const started = performance.now();
  const form = new FormData();
  form.append('file', new Blob([content]), 'bench.csv');
  const { id } = await api(`/clients/${clientId}/imports`, { form });
  for (;;) {
    const { status } = await api(`/imports/${id as string}`);
    if (status === 'failed') throw new Error('The import failed');
    if (status === 'done') return { seconds: (performance.now() - started) / 1000, id: id as string };
    // As often as a page that follows the progress, and a little more.
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Seconds better-sqlite3 takes for the same prospects in a database with the same tables and indexes. */
function rawInserts(database: Sqlite.Database, clientId: string): { rows: number; seconds: number } {
  const rows = database.prepare('SELECT * FROM prospect WHERE client_id = ?').all(clientId) as Record<
    string,
    unknown
  >[];
  const path = join(database.name, '..', `raw-${clientId}.sqlite`);
  const raw = new Sqlite(path);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  const schema = database
    .prepare(
      `SELECT sql FROM sqlite_master WHERE tbl_name = 'prospect' AND type <> 'trigger' AND sql IS NOT NULL ORDER BY type DESC`,
    )
    .pluck()
    .all() as string[];
  schema.forEach((statement) => raw.exec(statement));
  raw.pragma('foreign_keys = OFF');
  const columns = Object.keys(rows[0]!);
  const insert = raw.prepare(
    `INSERT INTO prospect (${columns.join()}) VALUES (${columns.map((column) => `@${column}`).join()})`,
  );
  const started = performance.now();
  raw.transaction(() => rows.forEach((row) => insert.run(row)))();
  const seconds = (performance.now() - started) / 1000;
  raw.close();
  return { rows: rows.length, seconds };
}

async function waitDuring(api: Api, database: Sqlite.Database): Promise<{ idle: number; during: number }> {
  const { ids } = writeProspects(database, 2_000, { status: 'new' });
  let turn = 0;
  const update = async (): Promise<number> => {
    const started = performance.now();
    await api(`/prospects/${ids[turn++]!}/status`, { json: { to: 'interested' } });
    return performance.now() - started;
  };
  const idle: number[] = [];
  for (let count = 0; count < 400; count += 1) idle.push(await update());
  const clientId = await newClient(api, 'Meanwhile');
  const during: number[] = [];
  let isOver = false;
  const bringing = imported(api, clientId, plantedList(20_000, 0.05, 99).text).finally(() => (isOver = true));
  while (!isOver && turn < ids.length) during.push(await update());
  await bringing;
  return { idle: p95(idle), during: p95(during) };
}

function p95(times: number[]): number {
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)]!;
}
