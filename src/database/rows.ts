/*
 * Raw rows differ between the two databases (SQLite: dates are text, booleans 0/1; PostgreSQL: Date, boolean).
 * A shape names the columns wanted and how each is read, so that a query is written once.
 */

/** Reads one raw cell. */
export type Cell<T> = (raw: unknown) => T;
export type Shape<T> = { [K in keyof T]: Cell<T[K]> };
export type Cells = Record<string, Cell<unknown>>;

/** What a row of a shape is. */
export type RowOf<T extends Cells> = { [K in keyof T]: ReturnType<T[K]> };

export const text: Cell<string> = (raw) => String(raw);
export const integer: Cell<number> = (raw) => Number(raw);
export const flag: Cell<boolean> = (raw) => raw === true || raw === 1 || raw === '1';
export const instant: Cell<Date> = (raw) =>
  raw instanceof Date ? raw : new Date(`${String(raw).replace(' ', 'T')}Z`);

/** A JSON column; the caller vouches for its type, having written it. */
export function json<T>(): Cell<T> {
  return (raw) => (typeof raw === 'string' ? (JSON.parse(raw) as T) : (raw as T));
}

/** One word of a closed list, vouched for by the writer. */
export function word<T extends string>(): Cell<T> {
  return (raw) => String(raw) as T;
}

export function maybe<T>(cell: Cell<T>): Cell<T | null> {
  return (raw) => (raw === null || raw === undefined ? null : cell(raw));
}

/** Reads a raw row by its shape: snake_case columns become the camelCase names of the shape. */
export function rowReader<T>(shape: Shape<T>): (raw: Record<string, unknown>) => T {
  let read = readers.get(shape) as ((raw: Record<string, unknown>) => T) | undefined;
  if (read === undefined) {
    read = newReader(shape);
    readers.set(shape, read);
  }
  return read;
}

/** The same for a row that comes as an array, in the order of these columns (one list for each prepared statement). */
export function arrayReader<T>(shape: Shape<T>, columns: readonly string[]): (raw: readonly unknown[]) => T {
  let ofStatement = arrayReaders.get(columns);
  if (ofStatement === undefined) {
    ofStatement = new WeakMap();
    arrayReaders.set(columns, ofStatement);
  }
  let read = ofStatement.get(shape) as ((raw: readonly unknown[]) => T) | undefined;
  if (read === undefined) {
    read = newArrayReader(shape, columns);
    ofStatement.set(shape, read);
  }
  return read;
}

const arrayReaders = new WeakMap<readonly string[], WeakMap<object, unknown>>();

function newArrayReader<T>(shape: Shape<T>, columns: readonly string[]): (raw: readonly unknown[]) => T {
  const cells = Object.entries(shape).map(([name, cell]) => {
    const at = columns.lastIndexOf(snakeCase(name));
    return [name, at === -1 ? columns.lastIndexOf(name) : at, cell as Cell<unknown>] as const;
  });
  return (raw) => {
    const row: Record<string, unknown> = {};
    for (const [name, at, cell] of cells) row[name] = cell(raw[at]);
    return row as T;
  };
}

/** Shapes are constants mostly: each is taken apart once. */
const readers = new WeakMap<object, unknown>();

function newReader<T>(shape: Shape<T>): (raw: Record<string, unknown>) => T {
  const cells = Object.entries(shape).map(
    ([name, cell]) => [name, snakeCase(name), cell as Cell<unknown>] as const,
  );
  return (raw) => {
    const row: Record<string, unknown> = {};
    for (const [name, column, cell] of cells) row[name] = cell(column in raw ? raw[column] : raw[name]);
    return row as T;
  };
}

/** `lastActivityAt` → `last_activity_at`: how every table and column is named. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
