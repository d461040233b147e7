import { breakdownColumns, columnName, lineName, sumNote } from '../breakdown.js';
import type { FunnelReport, ReportRate } from '../report-answer.js';
import type { RoiCell, RoiSection } from './roi-section.js';
import type { Words } from './roi-summary.js';

const RATE_COLUMNS = ['share', 'of', 'low', 'high'] as const;

/** A breakdown of the page as a table: each count, and behind it the rate with its denominator and interval. */
export function breakdownSection({ by, view, lines }: FunnelReport, words: Words): RoiSection[] {
  if (by === null) return [];
  const columns = breakdownColumns[view].flatMap(([figure, rate]) => {
    const name = columnName(words, figure);
    const parts = RATE_COLUMNS.map((part) => `${name} · ${words(`cost.funnel.${part}`)}`);
    return [name, ...(rate === null ? [] : parts)];
  });
  const rows = lines.map((line) => ({
    item: lineName(words, by, line),
    cells: breakdownColumns[view].flatMap(([figure, rate]): RoiCell[] => [
      { kind: 'count', count: line.counts[figure] ?? 0 },
      ...(rate === null ? [] : rateCells(line.rates[rate])),
    ]),
  }));
  const note = `${words(`cost.breakdown.${view}`)} ${sumNote(words, by)}`;
  return [{ key: `by_${by}`, title: words(`cost.breakdown.${by}`), note, columns, rows, isWide: true }];
}

function rateCells(rate: ReportRate | undefined): RoiCell[] {
  const { rate: share = null, denominator = null, low = null, high = null } = rate ?? {};
  return [
    { kind: 'rate', rate: share },
    { kind: 'count', count: denominator },
    { kind: 'rate', rate: low },
    { kind: 'rate', rate: high },
  ];
}
