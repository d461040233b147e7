import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { withoutIndices, writeProspects } from './prospect-rows.js';
import { writeFacts } from './report-facts.js';
import { carnet, inFolder, type Measure, median, openStage, signIn } from './stage.js';

const SIZES = [20_000, 200_000] as const;
const TIMES = 7;
const PAGES = [
  ['report page, a month, cohort', 'view=cohort&from=2026-03-01&to=2026-03-31'],
  ['report page, a month, period', 'view=period&from=2026-03-01&to=2026-03-31'],
  ['report page, half a year, cohort', 'view=cohort&from=2026-01-01&to=2026-06-30'],
] as const;

/**
 * Milliseconds of the report page at 200,000 prospects with ten facts each, beside the same page at 20,000; the ratio
 * is the growth. The rows reports read are counted by the program itself beforehand.
 */
export async function run(): Promise<Measure[]> {
  const [small, large] = [await timesAt(SIZES[0]), await timesAt(SIZES[1])];
  return PAGES.map(([name], index) => ({
    name: `${name}: ms at ${SIZES[1]}, beside ${SIZES[0]}`,
    ours: large[index]!,
    bare: small[index]!,
    ratio: large[index]! / small[index]!,
    goal: 'known',
  }));
}

function timesAt(size: number): Promise<number[]> {
  return inFolder(async (folder) => {
    // The first start founds the agency and makes the tables.
    await (await carnet(folder)).stop();
    const { database } = openStage(folder);
    let clientId = '';
    withoutIndices(database, ['prospect', 'activity'], () => {
      const written = writeProspects(database, size);
      clientId = written.clientId;
      writeFacts(database, clientId, written.ids);
    });
    const cookie = signIn(database);
    database.exec('ANALYZE');
    database.close();
    const dist = process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname;
    execFileSync(process.execPath, [join(dist, 'src/rebuild.command.js')], {
      env: { ...process.env, DATA_DIR: folder },
    });
    const server = await carnet(folder);
    try {
      const times: number[] = [];
      for (const [, query] of PAGES)
        times.push(await timeOf(`${server.url}/clients/${clientId}/report?${query}`, cookie));
      return times;
    } finally {
      await server.stop();
    }
  });
}

async function timeOf(url: string, cookie: string): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TIMES; turn += 1) {
    const start = performance.now();
    const answer = await fetch(url, { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
    await answer.text();
    times.push(performance.now() - start);
  }
  return Math.round(median(times) * 10) / 10;
}
