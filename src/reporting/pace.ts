/** Where a client stands against its monthly targets. The order is worst first. */
export const paceStates = ['behind', 'at_risk', 'on_target', 'no_target'] as const;
export type PaceState = (typeof paceStates)[number];

export const paceMetrics = ['held', 'qualified'] as const;
export type PaceMetric = (typeof paceMetrics)[number];

/** One target of the month. */
export interface Pace {
  metric: PaceMetric;
  state: PaceState;
  count: number;
  /** The month's target; for an engagement that starts or ends within the month, its share of days. */
  target: number;
  /** The target pro rata to date. */
  expected: number;
  /** The whole meetings of that: nobody holds a fraction of one. What the state is judged by, and what people read. */
  due: number;
  /** What may still come this month: meetings booked, and for qualified those the client has not confirmed yet. */
  ahead: number;
}

export interface MonthSoFar {
  /** Days of the month the engagement runs, of the days the month has. */
  runningDays: number;
  monthDays: number;
  /** Of the running days, those over or under way. */
  elapsedDays: number;
}

/**
 * On target: at least the whole meetings expected by today. At risk: one short, or more while what is already booked
 * or waiting for the client would bring the month's target. Behind: not even that.
 */
export function paceOf(
  metric: PaceMetric,
  monthlyTarget: number,
  month: MonthSoFar,
  { count, ahead }: { count: number; ahead: number },
): Pace {
  const target = (monthlyTarget * month.runningDays) / month.monthDays;
  // Of whole numbers, so that three are three: by way of the target it may come to 2.9999999999999996.
  const expected = (monthlyTarget * month.elapsedDays) / month.monthDays;
  const due = Math.floor(expected);
  return { metric, state: stateOf(target, due, count, ahead), count, target, expected, due, ahead };
}

/** A client is as well as its worst target; without any target there is nothing to judge. */
export function worstOf(paces: readonly Pace[]): PaceState {
  return paceStates.find((state) => paces.some((pace) => pace.state === state)) ?? 'no_target';
}

/** How far behind, 0 to 1: for the order among clients of one state. */
export function shortfallOf(paces: readonly Pace[]): number {
  const short = paces.map(({ count, expected }) => (expected > 0 ? Math.max(0, 1 - count / expected) : 0));
  return Math.max(0, ...short);
}

/** The pace that explains the state: the one with the state that falls shortest. */
export function reasonOf(paces: readonly Pace[]): Pace | null {
  const state = worstOf(paces);
  const of = paces.filter((pace) => pace.state === state);
  return of.toSorted((one, other) => shortfallOf([other]) - shortfallOf([one]))[0] ?? null;
}

function stateOf(target: number, due: number, count: number, ahead: number): PaceState {
  if (target <= 0) return 'no_target';
  const short = due - count;
  if (short <= 0) return 'on_target';
  return short === 1 || count + ahead >= Math.floor(target) ? 'at_risk' : 'behind';
}
