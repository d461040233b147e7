import { type ChartPalette, costChartSvg } from '../../reporting/cost/cost-chart.js';
import type { CostReport } from '../../reporting/cost/cost-report.js';
import type { Words } from '../../reporting/roi/roi-summary.js';
import { formatMoney } from '../../shared/money.js';

/** A line needs two months; before, there is no actual line to speak of. */
export function hasActualLine({ actualCumulativeCents }: CostReport): boolean {
  return actualCumulativeCents.length > 1;
}

export function chartNote(report: CostReport, words: Words): string {
  const key = hasActualLine(report) ? 'cost.chart.note' : 'cost.chart.noteNoActual';
  return words(key, { currency: report.currency });
}

/** The cumulative cost of a report as a drawing, in the reader's words. */
export function costChart(report: CostReport, words: Words, locale: string, palette?: ChartPalette): string {
  const { plan, actualCumulativeCents, currency } = report;
  const months = plan.horizonMonths;
  const month = plan.breakEvenCashMonth;
  const breakEven =
    month === null ? words('cost.result.never', { months }) : words('cost.result.month', { month });
  const money = (cents: number): string => formatMoney(cents, currency, locale, { cents: false });
  return costChartSvg({
    id: 'cost-chart',
    locale,
    currency,
    title: words('cost.chart.title'),
    description: words('cost.chart.description', {
      months,
      agency: money(plan.agency.totalCents),
      inHouse: money(plan.inHouse.totalCents),
      breakEven: `${words('cost.result.breakEvenCash')}${locale === 'fr' ? '\u00a0' : ''}: ${breakEven}.`,
    }),
    monthLabel: words('cost.chart.month'),
    lines: [
      {
        name: words('cost.chart.agency'),
        cumulativeCents: plan.agency.months.map(({ cumulativeCostCents }) => cumulativeCostCents),
        series: 1,
      },
      {
        name: words('cost.chart.inHouse'),
        cumulativeCents: plan.inHouse.months.map(({ cumulativeCostCents }) => cumulativeCostCents),
        series: 2,
      },
      ...(hasActualLine(report)
        ? [{ name: words('cost.chart.actual'), cumulativeCents: actualCumulativeCents, series: 3 as const }]
        : []),
    ],
    breakEven: month === null ? null : { month, label: words('cost.chart.breakEven', { month }) },
    ...(palette ? { palette } : {}),
  });
}
