import { setTimeout as pass } from 'node:timers/promises';
import { Outage } from './outage.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

/**
 * For a long work that can be gone on with from where it stands: begun again, after a pause, as often as the database
 * was away or had no room. People are told of no failure then, and have nothing to do again.
 * @param told each outage, before the pause
 * @throws whatever else the work throws
 */
export async function throughOutages(
  work: () => Promise<void>,
  isOver: () => boolean,
  told: (outage: Outage) => void,
): Promise<void> {
  for (let ms = FIRST_PAUSE_MS; !isOver(); ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      told(error);
      await pass(ms);
    }
  }
}
