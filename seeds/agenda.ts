/** Something that will happen at a moment of the past the demo tells. */
export interface Happening {
  at: Date;
  what: () => Promise<void>;
}

/** What is still to come, earliest first. */
export class Agenda {
  private readonly coming: Happening[] = [];

  add(at: Date, what: () => Promise<void>): void {
    this.coming.push({ at, what });
  }

  /** Everything before `end` in its order, what it leads to on the way included. */
  async play(end: Date, set: (at: Date) => void): Promise<void> {
    for (;;) {
      const next = this.takeBefore(end);
      if (next === null) return;
      set(next.at);
      await next.what();
    }
  }

  private takeBefore(end: Date): Happening | null {
    let earliest = -1;
    this.coming.forEach(({ at }, index) => {
      if (at < end && (earliest < 0 || at < this.coming[earliest]!.at)) earliest = index;
    });
    return earliest < 0 ? null : this.coming.splice(earliest, 1)[0]!;
  }
}
