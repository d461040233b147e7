import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { type Cents, formatMoney } from '../../shared/money.js';

use([LineChart, GridComponent, MarkLineComponent, LabelLayout, SVGRenderer]);

export interface CostLine {
  name: string;
  /** Cumulative cost at the end of months 1, 2, 3…; may stop before the horizon. */
  cumulativeCents: readonly Cents[];
  /** Colour and dash: 1 solid, 2 dashed, 3 dotted, so that a line is never told by its colour alone. */
  series: 1 | 2 | 3;
}

export interface CostChart {
  /** Unique on its page: the title and the description hang on it. */
  id: string;
  locale: string;
  currency: string;
  /** Read aloud instead of the drawing. */
  title: string;
  description: string;
  /** Under the horizontal axis, e.g. "Month". */
  monthLabel: string;
  lines: readonly CostLine[];
  breakEven: { month: number; label: string } | null;
  palette?: ChartPalette;
}

export interface ChartPalette {
  ink: string;
  muted: string;
  rule: string;
  paper: string;
  series: readonly [string, string, string];
}

/** The page's own tokens, so that the drawing follows light and dark. */
const SCREEN: ChartPalette = {
  ink: 'var(--ink)',
  muted: 'var(--ink-3)',
  rule: 'var(--chart-grid)',
  paper: 'var(--paper)',
  series: ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-3)'],
};

/** The light tokens in plain colours, for files that know no variables. */
export const PRINTED: ChartPalette = {
  ink: '#1d2433',
  muted: '#5d6577',
  rule: '#dfe2ea',
  paper: '#ffffff',
  series: ['#2d4f9e', '#bd3f5b', '#1d7a80'],
};

const WIDTH = 760;
const HEIGHT = 320;
const DASHES = ['solid', [7, 4], [2, 4]] as const;
/** A line of one or two points is no line: its points are drawn. */
const FEW_MONTHS = 3;

/** Cumulative cost of both sides as a self-contained `<svg>` without styles or scripts; no clock, no chance. */
export function costChartSvg(chart: CostChart): string {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    canvas.setOption(chartOption(chart));
    return accessible(portable(canvas.renderToSVGString(), chart.id), chart);
  } finally {
    canvas.dispose();
  }
}

function chartOption(chart: CostChart) {
  const palette = chart.palette ?? SCREEN;
  const months = Math.max(1, ...chart.lines.map((line) => line.cumulativeCents.length));
  const axisLabel = { color: palette.muted, fontSize: 12, fontFamily: 'inherit' };
  return {
    animation: false,
    grid: { left: 64, right: 150, top: 28, bottom: 44 },
    xAxis: {
      type: 'category',
      boundaryGap: months === 1,
      data: Array.from({ length: months }, (_, index) => String(index + 1)),
      name: chart.monthLabel,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: axisLabel,
      axisLabel: { ...axisLabel, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.muted } },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      splitLine: { lineStyle: { color: palette.rule } },
      axisLabel: { ...axisLabel, formatter: (units: number) => roundMoney(units, chart) },
    },
    series: chart.lines.map((line, index) => lineSeries(line, chart, palette, index === 0)),
  };
}

function lineSeries(line: CostLine, chart: CostChart, palette: ChartPalette, carriesMark: boolean) {
  const colour = palette.series[line.series - 1]!;
  const last = line.cumulativeCents.at(-1) ?? 0;
  const total = formatMoney(last, chart.currency, chart.locale, { cents: false });
  return {
    type: 'line',
    silent: true,
    name: line.name,
    data: line.cumulativeCents.map((cents) => cents / 100),
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: line.cumulativeCents.length < FEW_MONTHS,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 2.25, type: DASHES[line.series - 1] },
    endLabel: {
      // the dotted line hugs the solid one: the legend names it
      show: line.series !== 3,
      distance: 8,
      formatter: `${line.name}\n${total}`,
      color: colour,
      fontSize: 12,
      lineHeight: 15,
      fontFamily: 'inherit',
      fontWeight: 600,
    },
    labelLayout: { moveOverlap: 'shiftY' },
    ...(carriesMark ? breakEvenMark(chart, palette) : {}),
  };
}

/** The label leans to the inside of the drawing, away from the amounts of the axis and the names of the lines. */
function breakEvenMark({ breakEven, lines }: CostChart, palette: ChartPalette) {
  if (breakEven === null) return {};
  const months = Math.max(...lines.map((line) => line.cumulativeCents.length));
  const markLine = {
    silent: true,
    symbol: 'none',
    data: [{ xAxis: breakEven.month - 1 }],
    lineStyle: { color: palette.ink, width: 1, type: [3, 3] },
    label: {
      formatter: breakEven.label,
      align: breakEven.month * 2 <= months ? 'left' : 'right',
      color: palette.ink,
      fontSize: 12,
      fontFamily: 'inherit',
      textBorderColor: palette.paper,
      textBorderWidth: 3,
    },
  };
  return { markLine };
}

function roundMoney(units: number, { locale, currency }: CostChart): string {
  const digits = { minimumFractionDigits: 0, maximumFractionDigits: 1 };
  const format = { style: 'currency', currency, notation: 'compact', ...digits } as const;
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, format).format(units);
}

/**
 * Strips what a strict content policy forbids (style blocks and attributes), what only the live chart uses, and
 * the counter in the ids, so that the same figures give the same text.
 */
function portable(svg: string, id: string): string {
  return svg
    .replace(/<style\b[\s\S]*?<\/style>\s*/gu, '')
    .replace(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/gu, '')
    .replace(/ style="([^"]*)"/gu, (_, rules: string) => presentation(rules))
    .replace(/ font-family="inherit"/gu, '')
    .replace(/zr\d+-/gu, `${id}-`);
}

function presentation(rules: string): string {
  const attributes = rules.split(';').filter((rule) => rule.includes(':'));
  return attributes.map((rule) => ` ${rule.replace(/\s*:\s*/u, '="')}"`).join('');
}

function accessible(svg: string, { id, title, description }: CostChart): string {
  const head =
    `<title id="${id}-title">${escaped(title)}</title>` +
    `<desc id="${id}-desc">${escaped(description)}</desc>`;
  const attributes = `role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc"`;
  return svg.replace(/<svg ([^>]*)>/u, (_, rest: string) => `<svg ${attributes} ${rest}>${head}`);
}

function escaped(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}
