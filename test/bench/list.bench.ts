import { writeBareTables } from './bare-tables.js';
import { writeProspects } from './prospect-rows.js';
import { bare, carnet, inFolder, load, type Load, type Measure, median, openStage, signIn } from './stage.js';

const SIZES = [20_000, 200_000];
const ROUNDS = 5;
const SECONDS = 2;

/** What an account manager opens all day: one status, latest activity first. The others are printed beside it. */
const QUERIES = [
  'status=interested&sort=-lastActivityAt',
  'fit=fit&sort=name',
  'q=lefevre&sort=-lastActivityAt',
];

/**
 * Milliseconds of a filtered, sorted page of 50 over HTTP, one at a time: through the API, and as the page people see,
 * against a bare Fastify route that asks the same table for the same columns with the same filter and order. The ratio is
 * ours to theirs: lower is better, and it should not grow with the size.
 */
export async function run(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const size of SIZES) measures.push(...(await inFolder((folder) => at(size, folder))));
  return measures;
}

async function at(size: number, folder: string): Promise<Measure[]> {
  const ours = await carnet(folder);
  const { database, token } = openStage(folder);
  const { clientId } = writeProspects(database, size);
  const cookie = signIn(database);
  writeBareTables(database, folder);
  database.close();
  const yardstick = await bare(folder);
  try {
    const measures: Measure[] = [];
    for (const query of QUERIES) {
      const path = `/clients/${clientId}/prospects?${query}&limit=50`;
      const [api, page, theirs] = (await timesOf([
        { url: ours.url, next: get(`/api/v1${path}`), token },
        { url: ours.url, next: get(path), cookie },
        { url: yardstick.url, next: get(path) },
      ])) as [number, number, number];
      const name = `50 of ${size}, ${query}, ms`;
      measures.push(
        { name: `API, ${name}`, ours: api, bare: theirs, ratio: api / theirs, goal: '≤ 3' },
        { name: `page, ${name}`, ours: page, bare: theirs, ratio: page / theirs, goal: 'known' },
      );
    }
    return measures;
  } finally {
    await ours.stop();
    await yardstick.stop();
  }
}

/** The median over the rounds of each one's milliseconds an answer; the first round only warms up. */
async function timesOf(loads: readonly Omit<Load, 'connections' | 'seconds'>[]): Promise<number[]> {
  const times = loads.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, one] of loads.entries()) {
      const { requests } = await load({ ...one, connections: 1, seconds: SECONDS });
      if (round > 0) times[index]!.push(1000 / requests.average);
    }
  }
  return times.map(median);
}

const get = (path: string) => () => ({ method: 'GET' as const, path });
