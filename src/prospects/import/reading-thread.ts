import type { FileProblem } from './refusal.js';

/** Rows to a message: some 100 KB. V8 keeps longer texts apart, where only a full collection clears them away. */
export const BATCH = 80;
/** Messages the reader may be ahead by: enough to keep a writer busy, little to hold in memory. */
export const AHEAD = 20;

/** A batch travels as JSON text: it is copied as it is, and taken apart when its turn comes. */
export type FromThread =
  { packed: string; cells: string[]; bytesRead: number } | { refused: FileProblem } | { end: true };
