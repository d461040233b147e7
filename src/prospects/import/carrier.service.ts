import { hostname } from 'node:os';
import { newId } from '../../shared/id.js';

/*
 * Who carries an import through, as its row names it: machine, process, start of the process, run. Two runs of one
 * import never bear one name, so the row belongs to the run that wrote its name last.
 */

const START = newId();
const MACHINE = hostname().replaceAll(' ', '_');

export function newRunName(): string {
  return [MACHINE, process.pid, START, newId()].join(' ');
}

/** Whether the process of that name has surely ended. Of another machine nobody here can tell. */
export function isGone(runName: string): boolean {
  const [machine, pid, start] = runName.split(' ');
  if (machine !== MACHINE || start === START) return false;
  // A number can come back, in a container it always does: what bears ours and is not us was before us.
  return Number(pid) === process.pid || !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
