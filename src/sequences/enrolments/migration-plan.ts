import type { Step } from '../sequence.entity.js';

/** Why somebody keeps the version they have. `step` counts from 1. */
export type StayReason =
  /** A step they have done stands elsewhere in the new version, or reads otherwise as a channel: it has passed. */
  | 'passed'
  /** Nothing is left for them in the new version. */
  | 'nothing_left'
  /** All that differs is behind them. */
  | 'no_change';

export type MigrationPlan =
  { moves: true; next: number } | { moves: false; reason: StayReason; step: number };

/**
 * Whether somebody may go on with the new version. What they have done must stand in it where it stood; then the next
 * steps are the new ones. `done` is the place of the last step that was tried, 0 for nobody yet; `isOver` says whether
 * that step is done with; `isHeld` that the old words may not be sent, so that even the same ones are a way on.
 */
export function planMigration(
  from: readonly Step[],
  to: readonly Step[],
  { done, isOver, isHeld = false }: { done: number; isOver: boolean; isHeld?: boolean },
): MigrationPlan {
  for (let place = 1; place <= done; place += 1) {
    const [old, fresh] = [from[place - 1], to[place - 1]];
    if (!old || !fresh || old.id !== fresh.id || old.channel !== fresh.channel)
      return { moves: false, reason: 'passed', step: place };
  }
  const next = isOver || done === 0 ? done + 1 : done;
  if (next > to.length) return { moves: false, reason: 'nothing_left', step: done };
  const rest = (steps: readonly Step[]): string => JSON.stringify(steps.slice(next - 1).map(words));
  if (!isHeld && rest(from) === rest(to)) return { moves: false, reason: 'no_change', step: next };
  return { moves: true, next };
}

function words({ id, day, channel, variants }: Step): unknown {
  return [id, day, channel, variants.map(({ subject, body }) => [subject ?? null, body])];
}
