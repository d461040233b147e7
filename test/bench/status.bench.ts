import { writeBareTables } from './bare-tables.js';
import { writeProspects } from './prospect-rows.js';
import { bare, carnet, inFolder, load, type Measure, median, openStage, type Staged } from './stage.js';

const PROSPECTS = 20_000;
const ROUNDS = 5;
const SECONDS = 2;

/**
 * Status updates a second over HTTP. Ours finds the person behind the token, checks the move, writes the status, the
 * fact, the pending report and the audit entry in one transaction; the bare route runs one UPDATE: of the same table,
 * and of the smallest there could be. Turn about, so that all meet the same moods of the machine.
 */
export function run(): Promise<Measure[]> {
  return inFolder(async (folder) => {
    const ours = await carnet(folder);
    const { database, token } = openStage(folder);
    const { ids } = writeProspects(database, PROSPECTS, { status: 'new' });
    writeBareTables(database, folder);
    database.close();
    const yardstick = await bare(folder);
    try {
      const runners = [
        { server: ours, next: turns(ids, '/api/v1/prospects'), token },
        { server: yardstick, next: turns(ids, '/prospect') },
        { server: yardstick, next: turns(ids, '/small') },
      ];
      const measures: Measure[] = [];
      for (const connections of [1, 16]) {
        const rates = await ratesOf(connections, runners);
        const [mine, sameTable, smallTable] = rates as [number, number, number];
        const name = `status updates a second, ${connections === 1 ? 'one at a time' : `${connections} at once`}`;
        measures.push(
          measure(`${name}, beside an UPDATE of the same table`, mine, sameTable),
          measure(`${name}, beside an UPDATE of three columns`, mine, smallTable),
        );
      }
      return measures;
    } finally {
      await ours.stop();
      await yardstick.stop();
    }
  });
}

interface Runner {
  server: Staged;
  next: ReturnType<typeof turns>;
  token?: string;
}

/** The median rate of each. */
async function ratesOf(connections: number, runners: readonly Runner[]): Promise<number[]> {
  const rates = runners.map((): number[] => []);
  // The first round counts for nothing: a server just started compiles as it goes, and what counts is a working day.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, { server, next, token }] of runners.entries()) {
      const at = { connections, seconds: SECONDS, url: server.url, next, ...(token ? { token } : {}) };
      const { requests } = await load(at);
      if (round > 0) rates[index]!.push(requests.average);
    }
  }
  return rates.map(median);
}

function measure(name: string, ours: number, theirs: number): Measure {
  return { name, ours: Math.round(ours), bare: Math.round(theirs), ratio: ours / theirs, goal: '≥ 0.33' };
}

/** Each prospect in turn, a legal move each time round. */
function turns(ids: readonly string[], path: string) {
  let turn = 0;
  return () => {
    const id = ids[turn % ids.length]!;
    const to = Math.floor(turn / ids.length) % 2 === 0 ? 'interested' : 'replied';
    turn += 1;
    return { method: 'POST' as const, path: `${path}/${id}/status`, body: JSON.stringify({ to }) };
  };
}
