/**
 * A table of legal moves: for each state, the states it may become next.
 * `finals` are the only states allowed to have no way out; a state listed there must really have none.
 */
export interface LegalMovesSpec<State extends string> {
  /** What the table is about, for the message of a broken table: "the status of a prospect". */
  readonly of: string;
  /** The states an object may be born in. */
  readonly starts: readonly State[];
  readonly finals: readonly State[];
  readonly moves: Readonly<Record<State, readonly State[]>>;
}

export interface LegalMoves<State extends string> {
  readonly states: readonly State[];
  /** The states `state` may become next, in the order of the table. */
  from(state: State): readonly State[];
  allows(from: State, to: State): boolean;
  isFinal(state: State): boolean;
}

/**
 * Checks a table and hands it back ready to ask. Tables are module constants, so a wrong one stops the
 * program at boot instead of trapping somebody's prospect later.
 * @throws Error naming every fault: an undeclared dead end, a final state with a way out, a state nothing
 *   leads to, a move to an unknown state, to itself or written twice.
 */
export function legalMoves<State extends string>(spec: LegalMovesSpec<State>): LegalMoves<State> {
  const faults = faultsOf(spec);
  if (faults.length > 0) throw new Error(`Legal moves of ${spec.of}: ${faults.join('; ')}`);
  const allowed = new Map(statesOf(spec).map((state) => [state, new Set(spec.moves[state])]));
  return {
    states: statesOf(spec),
    from: (state) => spec.moves[state],
    allows: (from, to) => allowed.get(from)?.has(to) ?? false,
    isFinal: (state) => spec.finals.includes(state),
  };
}

/** Every fault of a table as one plain sentence; empty when the table is sound. */
export function faultsOf<State extends string>(spec: LegalMovesSpec<State>): string[] {
  const states = statesOf(spec);
  const known = new Set<string>(states);
  const reached = reachableFrom(spec, spec.starts);
  const faults = [...spec.starts, ...spec.finals]
    .filter((state) => !known.has(state))
    .map((state) => `"${state}" is not in the table`);
  for (const state of states) {
    const targets = spec.moves[state];
    const isFinal = spec.finals.includes(state);
    if (targets.length === 0 && !isFinal) faults.push(`"${state}" is a dead end`);
    if (targets.length > 0 && isFinal) faults.push(`"${state}" is final and yet has a way out`);
    if (!reached.has(state)) faults.push(`nothing leads to "${state}"`);
    if (targets.includes(state)) faults.push(`"${state}" leads to itself`);
    if (new Set(targets).size < targets.length) faults.push(`"${state}" lists a move twice`);
    for (const target of targets)
      if (!known.has(target)) faults.push(`"${state}" leads to the unknown "${target}"`);
  }
  return faults;
}

function statesOf<State extends string>(spec: LegalMovesSpec<State>): State[] {
  return Object.keys(spec.moves) as State[];
}

function reachableFrom<State extends string>(
  spec: LegalMovesSpec<State>,
  starts: readonly State[],
): Set<State> {
  const reached = new Set<State>();
  const pending = [...starts];
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    pending.push(...(spec.moves[state] ?? []));
  }
  return reached;
}
