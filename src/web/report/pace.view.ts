import type { Pace, PaceState } from '../../reporting/pace.js';
import type { Page } from '../rendering/page.js';

/** The colour of a state, on the agency's pages and on the client's. */
export const paceTones: Readonly<Record<PaceState, string>> = {
  behind: 'bad',
  at_risk: 'warn',
  on_target: 'good',
  no_target: 'neutral',
};

/** A count against its target as a meter, in hundredths, with a mark where the month should be by now. */
export function paceMeter(page: Page, pace: Pace) {
  const share = (value: number): number => Math.min(100, Math.round((value / pace.target) * 1000) / 10);
  return {
    tone: paceTones[pace.state],
    count: page.format.number(pace.count),
    target: page.format.number(Math.round(pace.target * 10) / 10),
    due: page.format.number(pace.due),
    width: share(pace.count),
    mark: Math.min(99.4, share(pace.expected)),
  };
}
