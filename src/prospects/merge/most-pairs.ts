/** Pairs kept of a client; a list with more wants cleaning at its source. */
export const MOST_PAIRS = 20_000;
