/** For how long a transaction may hold the thread that serves everybody while nobody asks for anything, in milliseconds. */
const ALONE = 40;
/** In company: short enough that nobody notices the one answer it holds up … */
const IN_COMPANY = 12;
/** … and followed by a pause in which some thirty others are given, so that few meet it (bench import). */
const PAUSE = 40;
const LEAST_ROWS = 40;
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
 * How many rows the next transaction may hold, and how long the others are left to themselves before it, so that whoever
 * works meanwhile hardly waits: by what rows have taken so far, and by whether others ask for anything between
 * transactions.
 */
export class Pace {
  private msPerRow = 0.3;
  /** Somebody, until it turns out that nobody is there. */
  private askedPerSecond = 2 * PRESENCE;

  get rows(): number {
    const budget = this.isInCompany ? IN_COMPANY : ALONE;
    return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.floor(budget / this.msPerRow)));
  }

  /** Milliseconds. */
  get pause(): number {
    return this.isInCompany ? PAUSE : 0;
  }

  /** @param ms for how long the rows held the thread; @param aside what others then did before the next could begin */
  took(rows: number, ms: number, aside: Aside): void {
    const elapsed = ms + aside.ms;
    // Where time stands still nobody waits, and nothing can be measured.
    if (elapsed === 0) {
      this.askedPerSecond = 0;
      return;
    }
    this.msPerRow += SHARE_OF_LATEST * (ms / rows - this.msPerRow);
    const weight = Math.min(1, elapsed / LOOKING_BACK);
    this.askedPerSecond += weight * ((aside.asked / elapsed) * 1000 - this.askedPerSecond);
  }

  private get isInCompany(): boolean {
    return this.askedPerSecond >= PRESENCE;
  }
}
