import type { ListOutcome } from '../../prospects/import/suppression-imports.service.js';
import type { Page } from '../rendering/page.js';

const TILES = ['added', 'already', 'repeated', 'stopped'] as const;

/** What became of a list of oppositions. */
export function listOutcome(page: Page, outcome: ListOutcome) {
  const { t, format } = page;
  return {
    outcome: {
      lede: t('imports.list.read', { rows: outcome.rows }),
      tiles: TILES.map((name) => ({
        label: t(`imports.list.${name}`),
        value: format.number(outcome[name]),
        detail: t(`imports.list.${name}Detail`),
      })),
      reasons: Object.entries(outcome.refused)
        .sort(([, one], [, other]) => other - one)
        .map(([problem, count]) => ({
          text: t(`imports.list.problem.${problem}`),
          advice: t(`imports.list.advice.${problem}`),
          count: format.number(count),
        })),
      named: outcome.named
        .filter(({ cell }) => cell !== '')
        .map(({ row, cell, problem }) => ({
          row: format.number(row),
          cell,
          reason: t(`imports.list.problem.${problem}`),
        })),
    },
  };
}
