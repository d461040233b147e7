/** What the funnel reads of one row of `activity`: one thing that happened to one prospect. */
export interface Fact {
  id: string;
  kind: string;
  at: Date;
  from: string | null;
  to: string | null;
  channel: string | null;
  result: string | null;
  data: Readonly<Record<string, unknown>> | null;
  undoesId: string | null;
}

/**
 * The facts that stand, oldest first: neither undone nor an undoing themselves. Undoing an undoing restores.
 * The order of the given facts does not matter.
 */
export function standing<T extends Fact>(facts: readonly T[]): T[] {
  const undoing = new Map<string, T[]>();
  for (const fact of facts) {
    if (fact.undoesId !== null) undoing.set(fact.undoesId, [...(undoing.get(fact.undoesId) ?? []), fact]);
  }
  const stands = (fact: T, seen: readonly string[]): boolean =>
    !(undoing.get(fact.id) ?? []).some((undo) => !seen.includes(undo.id) && stands(undo, [...seen, undo.id]));
  return facts.filter((fact) => fact.undoesId === null && stands(fact, [fact.id])).sort(byTime);
}

/** Of two facts at the same instant the one written first comes first: ids are UUIDv7, made in time order. */
function byTime(first: Fact, second: Fact): number {
  return (
    first.at.getTime() - second.at.getTime() || (first.id < second.id ? -1 : Number(first.id > second.id))
  );
}

export function textOf(fact: Fact, name: string): string | null {
  const value = fact.data?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function instantOf(fact: Fact, name: string): Date | null {
  const value = textOf(fact, name);
  const at = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? null : new Date(at);
}
