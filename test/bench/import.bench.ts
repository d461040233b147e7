import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { writeProspects } from './prospect-rows.js';
import { carnet, inFolder, type Measure, median, openStage, type Staged } from './stage.js';

const ROWS = 20_000;
const ROUNDS = 3;

/**
 * Rows a second from the upload to the end of the import, with everything that belongs to it (reading, identity, opt-outs,
 * companies, verdict, facts), against better-sqlite3 writing the very prospects it left, all indexes in place, in one
 * transaction. Then how long a status update takes while another file is coming in, beside the same on an idle server.
 */
export function run(): Promise<Measure[]> {
  return inFolder(async (folder) => {
    const server = await carnet(folder);
    try {
      const { database, token } = openStage(folder);
      const api = apiOf(server, token);
      const rates: { ours: number; bare: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const clientId = await newClient(api, `Round ${round}`);
        const ours = await imported(api, clientId, sheet(round));
        rates.push({ ours: ROWS / ours, bare: ROWS / rawInserts(database, clientId) });
      }
      const [ours, bare] = [median(rates.map((rate) => rate.ours)), median(rates.map((rate) => rate.bare))];
      const again = await waitDuring(api, database);
      database.close();
      return [
        {
          name: `rows imported a second (${ROWS} rows, 13 columns)`,
          ours,
          bare,
          ratio: ours / bare,
          goal: '≥ 0.25',
        },
        {
          name: 'p95 of a status update during an import, ms (beside: idle)',
          ours: again.during,
          bare: again.idle,
          ratio: again.during / again.idle,
          goal: '≤ 2',
        },
      ];
    } finally {
      await server.stop();
    }
  });
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
async function imported(api: Api, clientId: string, content: string): Promise<number> {
  const started = performance.now();
  const form = new FormData();
  form.append('file', new Blob([content]), 'bench.csv');
  const { id } = await api(`/clients/${clientId}/imports`, { form });
  for (;;) {
    const { status, created } = await api(`/imports/${id as string}`);
    if (status === 'failed') throw new Error('The import failed');
    if (status === 'done' && created !== ROWS) throw new Error(`Created ${String(created)} of ${ROWS}`);
    if (status === 'done') return (performance.now() - started) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Seconds better-sqlite3 takes for the same prospects in a database with the same tables and indexes. */
function rawInserts(database: Sqlite.Database, clientId: string): number {
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
      `SELECT sql FROM sqlite_master WHERE tbl_name = 'prospect' AND sql IS NOT NULL ORDER BY type DESC`,
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
  return seconds;
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
  const bringing = imported(api, clientId, sheet(99)).finally(() => (isOver = true));
  while (!isOver && turn < ids.length) during.push(await update());
  await bringing;
  return { idle: p95(idle), during: p95(during) };
}

function p95(times: number[]): number {
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)]!;
}

const FIRST = ['Claire', 'Zoë', 'Hélène', 'Jean-Pierre', 'Noël', 'Chloé', 'Marc', 'Inès'];
const TITLES = ['Directrice commerciale', 'Head of Sales', 'DSI', 'Responsable marketing', 'CEO'];

/** A French agency's own sheet: four people to a company. */
function sheet(round: number): string {
  const lines = [
    'Prénom;Nom;Société;Fonction;E-mail;Téléphone;LinkedIn;Effectif;Secteur;Code NAF;Site web;Ville;Pays',
  ];
  for (let at = 0; at < ROWS; at += 1) {
    const company = Math.floor(at / 4);
    const site = `societe-${round}-${company}.example`;
    const phone = `06 39 98 ${String(10 + (at % 90))} ${String(10 + (company % 90))}`;
    lines.push(
      `${FIRST[at % FIRST.length]!};Dupont ${letters(at)};Société ${company} SARL;${TITLES[at % TITLES.length]!};p${at}@${site};${phone};` +
        `https://www.linkedin.com/in/p-${round}-${at};${20 + (company % 600)};Logiciels;62.01Z;www.${site};Lyon;France`,
    );
  }
  return lines.join('\n');
}

/** A last name of its own for each row, of letters only. */
function letters(at: number): string {
  return Array.from(String(at), (digit) => 'abcdefghij'[Number(digit)]).join('');
}
