import { existsSync } from 'node:fs';
import { on } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { draftedRows, type ReadingPlan } from './file-rows.queries.js';
import { type DraftedRow, type PackedRows, RowUnpacker } from './packed-rows.js';
import { BATCH, type FromThread } from './reading-thread.js';
import { FileRefused } from './refusal.js';

const THREAD = new URL('./draft-rows.command.js', import.meta.url);
/** Below this a thread takes longer to start than the rows to read. */
const WORTH_A_THREAD = 256 * 1024;
/** What the reader may hold, in MB: its libraries and a few hundred rows. */
const MOST_MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 48 };

export interface Supplied {
  rows: DraftedRow[];
  /** How far into the file they reach. */
  bytesRead: number;
}

/** Understood rows, read beside the thread that serves people wherever there is enough of them. */
@Injectable()
export class RowSupply {
  /** Run from its sources there is no program to start a thread with. */
  private readonly canThread = existsSync(fileURLToPath(THREAD));

  of(plan: ReadingPlan, bytes: number): AsyncGenerator<Supplied> {
    return this.canThread && bytes >= WORTH_A_THREAD ? rowsFromThread(plan) : rowsFromHere(plan);
  }
}

async function* rowsFromHere(plan: ReadingPlan): AsyncGenerator<Supplied> {
  const unpacker = new RowUnpacker();
  for await (const { packed, cells, bytesRead } of draftedRows(plan, BATCH))
    yield { rows: unpacker.unpack(packed, cells), bytesRead };
}

async function* rowsFromThread(plan: ReadingPlan): AsyncGenerator<Supplied> {
  const unpacker = new RowUnpacker();
  const thread = new Worker(THREAD, { workerData: plan, resourceLimits: MOST_MEMORY });
  try {
    for await (const [message] of on(thread, 'message') as AsyncIterable<[FromThread]>) {
      if ('end' in message) return;
      if ('refused' in message) throw new FileRefused(message.refused.reason, message.refused.detail);
      thread.postMessage('more');
      const { packed, cells, bytesRead } = message;
      yield { rows: unpacker.unpack(JSON.parse(packed) as PackedRows, cells), bytesRead };
    }
  } finally {
    await thread.terminate();
  }
}
