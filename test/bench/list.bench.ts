import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { writeProspects } from './prospect-rows.js';
import { bare, carnet, inFolder, load, type Measure, median, openStage } from './stage.js';

const SIZES = [20_000, 200_000];
const ROUNDS = 3;
const SECONDS = 3;

/** What an account manager opens all day: one status, latest activity first. The others are printed beside it. */
const QUERIES = [
  'status=interested&sort=-lastActivityAt',
  'fit=fit&sort=name',
  'q=lefevre&sort=-lastActivityAt',
];

/**
 * Median milliseconds of a filtered, sorted page of 50 over HTTP, one at a time, against a bare Fastify route that
 * selects 50 rows through an index. The ratio is ours to theirs: lower is better, and it should not grow with the size.
 */
export async function run(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const size of SIZES) measures.push(...(await inFolder((folder) => at(size, folder))));
  return measures;
}

async function at(size: number, folder: string): Promise<Measure[]> {
  const ours = await carnet(folder);
  const yardstick = await bare(folder);
  try {
    const { database, token } = openStage(folder);
    const { clientId } = writeProspects(database, size);
    copyToBare(database, folder, clientId);
    database.close();
    const measures: Measure[] = [];
    for (const query of QUERIES) {
      const our = () => ({
        method: 'GET' as const,
        path: `/api/v1/clients/${clientId}/prospects?${query}&limit=50`,
      });
      const their = () => ({ method: 'GET' as const, path: `/clients/${clientId}/prospects` });
      const times = { ours: [] as number[], bare: [] as number[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        const conditions = { connections: 1, seconds: SECONDS };
        times.bare.push(
          1000 / (await load({ ...conditions, url: yardstick.url, next: their })).requests.average,
        );
        times.ours.push(
          1000 / (await load({ ...conditions, url: ours.url, next: our, token })).requests.average,
        );
      }
      const [mine, theirs] = [median(times.ours), median(times.bare)];
      measures.push({
        name: `page of 50 of ${size}: ${query} (ms)`,
        ours: Math.round(mine * 100) / 100,
        bare: Math.round(theirs * 100) / 100,
        ratio: mine / theirs,
        goal: '≤ 3',
      });
    }
    return measures;
  } finally {
    await ours.stop();
    await yardstick.stop();
  }
}

/** The same people, with the columns a page shows. */
function copyToBare(database: Sqlite.Database, folder: string, clientId: string): void {
  database.exec(`ATTACH '${join(folder, 'bare.sqlite')}' AS bare`);
  database
    .prepare(
      `INSERT INTO bare.prospect SELECT id, client_id, full_name, status, status_at, last_activity_at
        FROM main.prospect WHERE client_id = ?`,
    )
    .run(clientId);
  database.exec('DETACH bare');
}
