import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { writeProspects } from './prospect-rows.js';
import { bare, carnet, inFolder, load, type Measure, median, openStage } from './stage.js';

const PROSPECTS = 20_000;
const ROUNDS = 3;
const SECONDS = 4;

/**
 * Status updates a second over HTTP. Ours finds the person behind the token, checks the move, writes the status, the
 * fact, the pending report and the audit entry in one transaction; the bare route runs one UPDATE. Turn about, so that
 * both meet the same moods of the machine.
 */
export function run(): Promise<Measure[]> {
  return inFolder(async (folder) => {
    const ours = await carnet(folder);
    const yardstick = await bare(folder);
    try {
      const { database, token } = openStage(folder);
      const { ids } = writeProspects(database, PROSPECTS);
      database.prepare(`UPDATE prospect SET status = 'new'`).run();
      database.close();
      writeBareProspects(folder, ids);
      const measures: Measure[] = [];
      for (const connections of [1, 16]) {
        const our = turns(ids, '/api/v1');
        const their = turns(ids, '');
        // A server just started compiles as it goes: what counts is a working day.
        await load({ connections, seconds: SECONDS, url: yardstick.url, next: their });
        await load({ connections, seconds: SECONDS, url: ours.url, next: our, token });
        const rates = { ours: [] as number[], bare: [] as number[] };
        for (let round = 0; round < ROUNDS; round += 1) {
          const at = { connections, seconds: SECONDS };
          rates.bare.push((await load({ ...at, url: yardstick.url, next: their })).requests.average);
          rates.ours.push((await load({ ...at, url: ours.url, next: our, token })).requests.average);
        }
        const [mine, theirs] = [median(rates.ours), median(rates.bare)];
        measures.push({
          name: `status updates a second, ${connections === 1 ? 'one at a time' : `${connections} at once`}`,
          ours: Math.round(mine),
          bare: Math.round(theirs),
          ratio: mine / theirs,
          goal: '≥ 0.33',
        });
      }
      return measures;
    } finally {
      await ours.stop();
      await yardstick.stop();
    }
  });
}

/** Each prospect in turn, a legal move each time round. */
function turns(ids: readonly string[], prefix: string) {
  let turn = 0;
  return () => {
    const id = ids[turn % ids.length]!;
    const to = Math.floor(turn / ids.length) % 2 === 0 ? 'interested' : 'replied';
    turn += 1;
    return {
      method: 'POST' as const,
      path: `${prefix}/prospects/${id}/status`,
      body: JSON.stringify({ to }),
    };
  };
}

function writeBareProspects(folder: string, ids: readonly string[]): void {
  const database = new Sqlite(join(folder, 'bare.sqlite'), { timeout: 20_000 });
  const insert = database.prepare(
    `INSERT INTO prospect VALUES (?, 'client', 'Jeanne Dupont', 'new', '2026-01-01', '2026-01-01')`,
  );
  database.transaction(() => ids.forEach((id) => insert.run(id)))();
  database.close();
}
