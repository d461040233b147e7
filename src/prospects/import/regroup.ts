/** The rows of batches of any size in groups as large as asked for at the time. */
export async function* regrouped<T>(
  batches: AsyncIterable<{ rows: T[] }>,
  size: () => number,
): AsyncGenerator<T[]> {
  let held: T[] = [];
  for await (const { rows } of batches) {
    held = held.length === 0 ? rows : held.concat(rows);
    while (held.length >= size()) {
      const count = size();
      yield held.slice(0, count);
      held = held.slice(count);
    }
  }
  if (held.length > 0) yield held;
}
