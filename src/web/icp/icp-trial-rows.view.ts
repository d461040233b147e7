import type { TrialNow, TrialRow } from '../../prospects/trial/icp-trials.queries.js';
import type { TrialRowsQuery } from '../../prospects/trial/trial.dto.js';
import { reasonLines } from '../prospects/fit-reasons.view.js';
import { askedLabel, rowsAddress, segmentText } from './icp-trial.view.js';
import type { Page } from '../rendering/page.js';

interface Found {
  items: readonly TrialRow[];
  nextCursor: string | null;
  total: number;
  trial: TrialNow;
}

/** The prospects behind one figure of a trial, each with what speaks for and against. */
export function trialRowsView(page: Page, { items, nextCursor, trial }: Found, query: TrialRowsQuery) {
  const { cursor, limit: _limit, ...asked } = query;
  return {
    heading: headingOf(page, trial, query),
    rows: items.map((row) => ({
      href: `/prospects/${row.prospectId}`,
      name: row.fullName,
      sub: [row.title, row.companyName].filter(Boolean).join(' · '),
      verdict: row.verdict,
      verdictText: page.t(`icps.verdicts.${row.verdict}`),
      beforeText: row.before === null ? page.t('trials.notJudged') : page.t(`icps.verdicts.${row.before}`),
      hasMoved: row.before !== row.verdict,
      score: page.format.number(row.score),
      // Inside a table there is no room for what holds anyway.
      reasons: reasonLines(
        page,
        row.reasons.filter(({ outcome }) => outcome !== 'match'),
      ),
    })),
    first: cursor ? rowsAddress(trial.id, asked) : null,
    next: nextCursor === null ? null : rowsAddress(trial.id, { ...asked, cursor: nextCursor }),
  };
}

function headingOf(page: Page, trial: TrialNow, query: TrialRowsQuery): string {
  const { figure, criterion, verdict, before, segment, value } = query;
  const found = trial.criteria.find(({ asked }) => asked.name === criterion);
  const parts = [
    found && figure
      ? page.format.pair(askedLabel(page, found.asked), page.t(`trials.figures.${figure}`))
      : null,
    segment
      ? page.format.pair(
          page.t(`trials.segments.${segment}`),
          value ? segmentText(page, segment, value) : page.t('trials.notKnown'),
        )
      : null,
    before ? page.t('trials.was', { verdict: beforeText(page, before) }) : null,
    verdict ? page.t(`icps.verdicts.${verdict}`) : null,
  ];
  return parts.filter(Boolean).join(' · ') || page.t('trials.rows');
}

function beforeText(page: Page, before: string): string {
  return before === 'none' ? page.t('trials.notJudged') : page.t(`icps.verdicts.${before}`);
}
