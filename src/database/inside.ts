/** Deeper than any chain of calls of ours. */
const FRAMES = 200;

/**
 * Knows whether the code that asks was called from a write. The call stack tells: V8 keeps the frames of those who
 * await, too. It is looked at only while a write is at work, so a write that is alone pays nothing (an
 * `AsyncLocalStorage` would make every promise of the process dearer, on each request).
 */
export class Inside {
  private running = 0;

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await workInsideWrite(work);
    } finally {
      this.running -= 1;
    }
  }

  isHere(): boolean {
    return this.running > 0 && stackOf().includes(workInsideWrite.name);
  }
}

/** Found by its name. */
async function workInsideWrite<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}

function stackOf(): string {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack } = new Error();
  Error.stackTraceLimit = usual;
  return stack ?? '';
}
