import { foldText } from './folded-text.js';

/** A name as part of a file's: plain letters, digits and hyphens, the same on every system. */
export function inFileName(name: string, otherwise: string): string {
  return (
    foldText(name)
      .replace(/[^a-z0-9]+/gu, '-')
      .replace(/^-|-$/gu, '') || otherwise
  );
}
