/** What a transaction may take while nobody else asks for anything, in milliseconds. */
const ALONE = 40;
/** In company: as long as the others take between two of them, within these bounds. */
const IN_COMPANY = { least: 2, most: 4 };
const LEAST_ROWS = 10;
const MOST_ROWS = 400;
/** Questions a second from which on others count as present. A page that follows the progress stays below. */
const PRESENCE = 50;
/** Milliseconds over which presence is judged. */
const LOOKING_BACK = 150;
/** How much the latest transaction counts in what a row is thought to take. */
const SHARE_OF_LATEST = 0.3;

/** What others did between two transactions: for how long, and how often they asked the database for something. */
export interface Aside {
  ms: number;
  asked: number;
}

/**
 * How many rows the next transaction may hold, so that whoever works meanwhile hardly waits: by what rows have taken so
 * far, and by what others made of the time between transactions.
 */
export class Pace {
  private msPerRow = 0.3;
  /** Somebody, until it turns out that nobody is there. */
  private askedPerSecond = 2 * PRESENCE;
  /** What others took between two transactions, of late. */
  private asideMs = 0;

  get rows(): number {
    const budget = this.askedPerSecond >= PRESENCE ? this.share : ALONE;
    return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.floor(budget / this.msPerRow)));
  }

  private get share(): number {
    return Math.min(IN_COMPANY.most, Math.max(IN_COMPANY.least, this.asideMs));
  }

  /** @param ms what the rows took, commit included; @param aside what others then did before the next could begin */
  took(rows: number, ms: number, aside: Aside): void {
    this.msPerRow += SHARE_OF_LATEST * (ms / rows - this.msPerRow);
    this.asideMs += SHARE_OF_LATEST * (aside.ms - this.asideMs);
    const elapsed = ms + aside.ms;
    if (elapsed === 0) return;
    const weight = Math.min(1, elapsed / LOOKING_BACK);
    this.askedPerSecond += weight * ((aside.asked / elapsed) * 1000 - this.askedPerSecond);
  }
}
