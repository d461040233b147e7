import { once } from 'node:events';
import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { draftedRows, type ReadingPlan } from './file-rows.queries.js';
import { AHEAD, BATCH, type FromThread } from './reading-thread.js';
import { FileRefused } from './refusal.js';

/* A thread of its own: reads and understands rows, a little ahead of the one that writes them. */

// Those who work go first. Linux gives each thread a priority of its own; elsewhere it would be the whole process's.
if (platform === 'linux') setPriority(10);

const port = parentPort!;
const say = (message: FromThread): void => port.postMessage(message);
let isWanted = AHEAD;
port.on('message', () => (isWanted += 1));

try {
  for await (const { packed, cells, bytesRead } of draftedRows(workerData as ReadingPlan, BATCH)) {
    say({ packed: JSON.stringify(packed), cells, bytesRead });
    isWanted -= 1;
    while (isWanted === 0) await once(port, 'message');
  }
  say({ end: true });
} catch (error) {
  if (!(error instanceof FileRefused)) throw error;
  say({ refused: { reason: error.reason, detail: error.detail } });
}
