import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written first: what this folder holds was told by us, and may go. */
const OURS = 'demo-of-carnet';
/** Written last: a folder without it was interrupted and is begun again. */
const TOLD = 'told';

export const isTold = (folder: string): boolean => existsSync(join(folder, TOLD));

/** @param on day of the telling, `YYYY-MM-DD` */
export const noteTold = (folder: string, on: string): void => writeFileSync(join(folder, TOLD), on);

/**
 * Leaves an empty folder for the telling. Only a demo is ever removed: `DATA_DIR` may point at an agency's own data.
 * @param isOurs the folder that is only ever used for the demo
 * @throws Error saying what to do, of a folder that holds anything else
 */
export function emptyForTelling(folder: string, isOurs = false): void {
  const held = existsSync(folder) ? readdirSync(folder) : [];
  if (!isOurs && held.length > 0 && !held.includes(OURS) && !held.includes(TOLD))
    throw new Error(
      `${folder} holds something that is not a demo of Carnet, and is left as it is. Give the demo another DATA_DIR, or none.`,
    );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, OURS), '');
}
