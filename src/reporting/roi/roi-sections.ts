import { type Cents, formatMoney } from '../../shared/money.js';
import { dayOf } from '../../shared/period.js';
import { ACTUAL_LINES } from '../cost/actual-cost.js';
import type { Assumption } from '../cost/assumption-sheet.js';
import type { CostReport } from '../cost/cost-report.js';
import { funnelStages } from '../facts/funnel-stages.js';
import type { FunnelReport, ReportRate } from '../report-answer.js';
import { breakdownSection } from './breakdown-section.js';
import type { RoiCell, RoiSection } from './roi-section.js';
import type { RoiSummary, Words } from './roi-summary.js';

const text = (content: string): RoiCell => ({ kind: 'text', text: content });
const money = (cents: Cents | null): RoiCell => ({ kind: 'money', cents });
const share = (rate: number | null): RoiCell => ({ kind: 'rate', rate });
const count = (number: string | number | null): RoiCell => ({ kind: 'count', count: number });
const MEETINGS = ['booked', 'held', 'qualified'] as const;
const UNIT = {
  booked: 'costPerBookedCents',
  held: 'costPerHeldCents',
  qualified: 'costPerQualifiedCents',
} as const;

/** The whole summary as tables of typed cells, in the reader's words. */
export function roiSections(
  { cost, funnel, breakdowns }: RoiSummary,
  words: Words,
  locale: string,
): RoiSection[] {
  return [
    actualSection(cost, words),
    meetingsSection(cost, words),
    ...(funnel ? [funnelSection(funnel, words)] : []),
    ...breakdowns.flatMap((one) => breakdownSection(one, words)),
    planSection(cost, words),
    resultSection(cost, words, locale),
    monthsSection(cost, words),
    sensitivitySection(cost, words),
    assumptionSection(cost, words),
  ];
}

function actualSection({ actual }: CostReport, words: Words): RoiSection {
  return {
    key: 'actual',
    title: words('cost.actual.title'),
    note: words('cost.actual.note'),
    columns: [words('cost.actual.amount')],
    rows: [
      ...ACTUAL_LINES.map((line) => ({
        item: words(`cost.line.${line}`),
        cells: [money(actual.lines[line])],
      })),
      { item: words('cost.actual.total'), cells: [money(actual.totalCents)], isTotal: true },
    ],
  };
}

function meetingsSection({ actual }: CostReport, words: Words): RoiSection {
  return {
    key: 'meetings',
    title: words('cost.actual.unitCost'),
    note: null,
    columns: [words('cost.actual.count'), words('cost.actual.unitCost')],
    rows: MEETINGS.map((stage) => ({
      item: words(`cost.meeting.${stage}`),
      cells: [count(actual[stage]), money(actual[UNIT[stage]])],
    })),
  };
}

/** The stages and rates of the page: each share is of the stage named beside it. */
function funnelSection({ total }: FunnelReport, words: Words): RoiSection {
  return {
    key: 'funnel',
    title: words('cost.funnel.title'),
    note: words('cost.funnel.note'),
    columns: ['people', 'share', 'among', 'of', 'low', 'high'].map((column) =>
      words(`cost.funnel.${column}`),
    ),
    rows: funnelStages(total).map(({ stage, count: people, rate }) => ({
      item: words(`report.figure.${stage}`),
      cells: [count(people), ...(rate === null ? Array<RoiCell>(5).fill(text('')) : rateCells(rate, words))],
    })),
  };
}

function rateCells({ rate, among, denominator, low, high }: ReportRate, words: Words): RoiCell[] {
  return [share(rate), text(words(`report.stage.${among}`)), count(denominator), share(low), share(high)];
}

function planSection({ plan }: CostReport, words: Words): RoiSection {
  const { agency, inHouse } = plan;
  return {
    key: 'plan',
    title: words('cost.plan.title'),
    note: words('cost.plan.note', { months: plan.horizonMonths }),
    columns: [words('cost.side.agency'), words('cost.side.inHouse')],
    rows: [
      { item: words('cost.plan.total'), cells: [money(agency.totalCents), money(inHouse.totalCents)] },
      ...MEETINGS.map((stage) => ({
        item: words(`cost.plan.${stage}`),
        cells: [count(agency[stage]), count(inHouse[stage])],
      })),
      ...MEETINGS.map((stage) => ({
        item: words(`cost.per.${stage}`),
        cells: [money(agency[UNIT[stage]]), money(inHouse[UNIT[stage]])],
      })),
      { item: words('cost.plan.hires'), cells: [text('—'), count(inHouse.hires)] },
    ],
  };
}

function resultSection({ plan, currency }: CostReport, words: Words, locale: string): RoiSection {
  const months = plan.horizonMonths;
  const month = (found: number | null): RoiCell =>
    text(
      found === null ? words('cost.result.never', { months }) : words('cost.result.month', { month: found }),
    );
  const { retainerCents } = plan.indifference;
  const retainer =
    retainerCents !== null && retainerCents < 0
      ? text(words('cost.result.belowZero', { amount: formatMoney(retainerCents, currency, locale) }))
      : money(retainerCents);
  const cells: [string, RoiCell][] = [
    ['difference', money(plan.differenceCents)],
    ['breakEvenCash', month(plan.breakEvenCashMonth)],
    ['breakEvenUnit', month(plan.breakEvenUnitMonth)],
    ['indifferentBookings', count(plan.indifference.inHouseBookedPerMonth)],
    ['indifferentRetainer', retainer],
  ];
  if (plan.replacement) {
    cells.push(['replacement', money(plan.replacement.cashCents)]);
    cells.push(['lostBookings', count(plan.replacement.lostBookings)]);
  }
  return {
    key: 'result',
    title: words('cost.result.title'),
    note: null,
    columns: [words('cost.file.value')],
    rows: cells.map(([key, cell]) => ({ item: words(`cost.result.${key}`), cells: [cell] })),
  };
}

function monthsSection({ plan, actualCumulativeCents }: CostReport, words: Words): RoiSection {
  const showsOwnMonths = plan.inHouse.months.every(({ costCents }) => costCents !== null);
  const columns = [
    ...['agencyCost', 'agencyTotal'],
    ...(showsOwnMonths ? ['inHouseCost'] : []),
    ...['inHouseTotal', 'actualTotal'],
  ];
  return {
    key: 'months',
    title: words('cost.months.title'),
    note: showsOwnMonths ? null : words('cost.months.rounded'),
    columns: columns.map((column) => words(`cost.months.${column}`)),
    rows: plan.agency.months.map((month, index) => {
      const own = plan.inHouse.months[index]!;
      const spent = actualCumulativeCents[index];
      const planned = [
        ...[month.costCents, month.cumulativeCostCents],
        ...(showsOwnMonths ? [own.costCents] : []),
        own.cumulativeCostCents,
      ];
      return {
        item: `${words('cost.months.month')} ${index + 1}`,
        cells: [...planned.map(money), spent === undefined ? text('') : money(spent)],
      };
    }),
  };
}

function sensitivitySection({ plan }: CostReport, words: Words): RoiSection {
  return {
    key: 'sensitivity',
    title: words('cost.sensitivity.title'),
    note: words('cost.sensitivity.note'),
    columns: ['low', 'base', 'high'].map((column) => words(`cost.sensitivity.${column}`)),
    rows: plan.sensitivity.map(({ input, lowCents, baseCents, highCents }) => ({
      item: sidedName(input, words),
      cells: [money(lowCents), money(baseCents), money(highCents)],
    })),
  };
}

function assumptionSection({ assumptions, timeZone }: CostReport, words: Words): RoiSection {
  return {
    key: 'assumptions',
    title: words('cost.assumption.title'),
    note: words('cost.assumption.note'),
    columns: ['value', 'source', 'at', 'standing'].map((column) => words(`cost.assumption.${column}`)),
    rows: assumptions.map((assumption) => ({
      item: sidedName(`${assumption.side}.${assumption.input}`, words),
      cells: [
        assumptionCell(assumption, words),
        text(assumption.source ?? words(`cost.assumption.origin.${assumption.origin}`)),
        { kind: 'day', on: assumption.at && dayOf(assumption.at, timeZone) },
        text(words(`cost.assumption.${assumption.standing}`)),
      ],
    })),
  };
}

/** "Agency: Monthly retainer". */
export function sidedName(path: string, words: Words): string {
  const [side] = path.split('.');
  return `${words(`cost.side.${side}`)} · ${words(`cost.input.${path}`)}`;
}

export function assumptionCell({ kind, value }: Pick<Assumption, 'kind' | 'value'>, words: Words): RoiCell {
  if (value === null) return text(words('cost.assumption.noCap'));
  switch (kind) {
    case 'money':
      return money(Number(value));
    case 'share':
      return share(Number(value));
    case 'quantity':
      return count(Number(value));
    case 'months':
      return text(words('cost.assumption.months', { n: Number(value) }));
    case 'flag':
      return text(words(value === true ? 'cost.assumption.yes' : 'cost.assumption.no'));
    case 'basis':
      return text(words(`cost.basis.${String(value)}`));
    case 'ramp': {
      const shares = value as readonly number[];
      if (shares.length === 0) return text(words('cost.assumption.fullSpeed'));
      return text(shares.map((share) => `${Math.round(share * 1000) / 10} %`).join(' · '));
    }
  }
}
