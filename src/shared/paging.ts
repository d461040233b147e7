/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The sort key and the id of the last row shown: the next page starts after them, whatever was inserted since. */
export interface Cursor {
  key: string | number | null;
  id: string;
}

/** Rows to a page: 50 unless asked, 200 at most. */
export const PAGE_LIMIT = { usual: 50, most: 200 } as const;

export function toCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.key, cursor.id])).toString('base64url');
}

/** Null for a cursor we did not make. */
export function fromCursor(text: string): Cursor | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed.length !== 2) return null;
    const [key, id] = parsed as [unknown, unknown];
    // NUL can be in no text column of PostgreSQL, so no cursor of ours holds one.
    if (typeof id !== 'string' || `${String(key)}${id}`.includes('\0')) return null;
    if (key !== null && typeof key !== 'string' && !isWhole(key)) return null;
    return { key, id };
  } catch {
    return null;
  }
}

/** Numbers we sort by are whole, and fit where PostgreSQL keeps them. */
const isWhole = (key: unknown): key is number => Number.isInteger(key) && Math.abs(key as number) < 2 ** 31;

/** Cuts a list read with `limit + 1` rows into a page. */
export function pageOf<T>(rows: T[], limit: number, cursorOf: (row: T) => Cursor): Page<T> {
  if (rows.length <= limit) return { items: rows, nextCursor: null };
  const items = rows.slice(0, limit);
  return { items, nextCursor: toCursor(cursorOf(items[items.length - 1]!)) };
}
