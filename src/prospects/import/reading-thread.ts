import type { FileProblem } from './refusal.js';

/** Rows to a message: some 250 KB, which the writing thread takes apart in two milliseconds. */
export const BATCH = 200;
/** Messages the reader may be ahead by: enough to keep a writer busy, little to hold in memory. */
export const AHEAD = 6;

/** A batch travels as JSON text: it is copied as it is, and taken apart when its turn comes. */
export type FromThread =
  { packed: string; cells: string[]; bytesRead: number } | { refused: FileProblem } | { end: true };
