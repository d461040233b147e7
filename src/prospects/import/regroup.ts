/** The rows of batches of any size in groups as large as asked for at the time. */
export async function* regrouped<T>(
  batches: AsyncIterable<{ rows: T[]; bytesRead: number }>,
  size: () => number,
): AsyncGenerator<{ rows: T[]; bytesRead: number }> {
  let held: T[] = [];
  let reached = 0;
  for await (const { rows, bytesRead } of batches) {
    held = held.length === 0 ? rows : held.concat(rows);
    reached = bytesRead;
    while (held.length >= size()) {
      const count = size();
      yield { rows: held.slice(0, count), bytesRead };
      held = held.slice(count);
    }
  }
  if (held.length > 0) yield { rows: held, bytesRead: reached };
}
