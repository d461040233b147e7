/** What a transaction may take while nobody else asks for anything, in milliseconds. */
const ALONE = 40;
/** In company: as long as the others take between two of them, within these bounds. Nobody waits twice as long for it. */
const IN_COMPANY = { least: 3, most: 15 };
const LEAST_ROWS = 10;
const MOST_ROWS = 400;
/** Of the time that passes: from this share on, others count as present. A page that follows the progress stays below. */
const PRESENCE = 0.08;
/** Milliseconds over which presence is judged. */
const LOOKING_BACK = 150;
/** How much the latest transaction counts in what a row is thought to take. */
const SHARE_OF_LATEST = 0.3;

/**
 * How many rows the next transaction may hold, so that whoever works meanwhile hardly waits: by what rows have taken so
 * far, and by how much of the time between transactions others made use of.
 */
export class Pace {
  private msPerRow = 0.3;
  /** Somebody, until it turns out that nobody is there. */
  private othersRate = PRESENCE;
  /** What others took between two transactions, of late. */
  private asideMs = 0;

  get rows(): number {
    const budget = this.othersRate >= PRESENCE ? this.share : ALONE;
    return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.floor(budget / this.msPerRow)));
  }

  private get share(): number {
    return Math.min(IN_COMPANY.most, Math.max(IN_COMPANY.least, this.asideMs));
  }

  /** @param ms what the rows took, commit included; @param asideMs what others then took before the next could begin */
  took(rows: number, ms: number, asideMs: number): void {
    this.msPerRow += SHARE_OF_LATEST * (ms / rows - this.msPerRow);
    this.asideMs += SHARE_OF_LATEST * (asideMs - this.asideMs);
    const elapsed = ms + asideMs;
    if (elapsed === 0) return;
    const weight = Math.min(1, elapsed / LOOKING_BACK);
    this.othersRate += weight * (asideMs / elapsed - this.othersRate);
  }
}
