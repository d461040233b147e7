import { type Figure, type PeopleFigure, type TouchFacet } from './figures.js';
import { stages } from './facts/funnel.js';
import { markBit } from './facts/marks.js';
import { exitBit } from './facts/side-exits.js';

/** People alike in everything a figure asks, and how many calls were made to them together. */
export interface Group {
  reached: number;
  exits: number;
  marks: number;
  people: number;
  dials: number;
  connects: number;
  conversations: number;
}

export type Counts = Record<string, number>;

/** The figures of a cohort's people and calls, from its groups. */
export function tallyCohort(figures: Readonly<Record<string, Figure>>, groups: readonly Group[]): Counts {
  const counts: Counts = {};
  for (const [key, figure] of Object.entries(figures)) {
    if (figure.unit === 'people') {
      counts[key] = groups.reduce((sum, group) => sum + (holds(figure, group) ? group.people : 0), 0);
    } else if (figure.unit === 'touches') {
      counts[key] = groups.reduce((sum, group) => sum + calls(figure.facet, group), 0);
    }
  }
  return counts;
}

/** The same words as `isCounted` in report-where.ts, for rows already grouped. */
function holds(figure: PeopleFigure, group: Group): boolean {
  const has = (figure.has ?? []).every((mark) => (group.marks & markBit(mark)) !== 0);
  const lacks = (figure.lacks ?? []).every((mark) => (group.marks & markBit(mark)) === 0);
  const left = figure.exit === undefined || (group.exits & exitBit(figure.exit)) !== 0;
  return group.reached >= stages.indexOf(figure.reached) && has && lacks && left;
}

function calls(facet: TouchFacet, group: Group): number {
  return facet === 'dials' || facet === 'connects' || facet === 'conversations' ? group[facet] : 0;
}
