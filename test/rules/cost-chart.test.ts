import { describe, expect, it } from 'vitest';
import { type CostChart, costChartSvg, PRINTED } from '../../src/reporting/cost/cost-chart.js';

const chart: CostChart = {
  id: 'cost',
  locale: 'fr',
  currency: 'EUR',
  title: 'Coût cumulé',
  description: 'Agence <47 460 €> & SDR',
  monthLabel: 'Mois',
  lines: [
    { name: 'Agence', cumulativeCents: [5_330_00, 9_160_00, 12_990_00], series: 1 },
    { name: 'SDR interne', cumulativeCents: [0, 0, 17_253_68], series: 2 },
  ],
  breakEven: { month: 2, label: 'Seuil : mois 2' },
};

describe('the cumulative cost chart', () => {
  const svg = costChartSvg(chart);

  it('is named and described for those who do not see it, and markup in a name stays text', () => {
    expect(svg).toMatch(/^<svg role="img" aria-labelledby="cost-title" aria-describedby="cost-desc"/);
    expect(svg).toContain('<title id="cost-title">Coût cumulé</title>');
    expect(svg).toContain('Agence &lt;47 460 €&gt; &amp; SDR');
    expect(costChartSvg({ ...chart, lines: [{ ...chart.lines[0]!, name: '<script>' }] })).not.toContain(
      '<script',
    );
  });

  it('passes a strict content policy: no style, no script, no handler', () => {
    expect(svg).not.toMatch(/style=|<style|<script|\son\w+=|class=/);
  });

  it('takes its colours from the page, or plain ones for a file', () => {
    expect(svg).toContain('stroke="var(--chart-1)"');
    expect(svg).toContain('stroke="var(--chart-2)"');
    expect(svg).not.toMatch(/#[0-9a-f]{6}/i);
    expect(costChartSvg({ ...chart, palette: PRINTED })).not.toContain('var(');
  });

  it('tells the sides apart without colour: the second line is dashed, both are named with their total', () => {
    expect(svg).toMatch(/stroke="var\(--chart-2\)"[^>]*stroke-dasharray/);
    expect(svg).toContain('Agence');
    expect(svg).toContain('12\u202f990\u00a0€');
    expect(svg).toContain('17\u202f254\u00a0€');
  });

  it('marks the break-even, and nothing when there is none', () => {
    expect(svg).toContain('Seuil : mois 2');
    expect(costChartSvg({ ...chart, breakEven: null })).not.toContain('Seuil');
  });

  it('is the same text for the same figures, however often it is drawn', () => {
    expect(costChartSvg(chart)).toBe(svg);
  });

  it('draws a single month as points', () => {
    const month = chart.lines.map((line) => ({ ...line, cumulativeCents: line.cumulativeCents.slice(0, 1) }));
    expect(costChartSvg({ ...chart, lines: month, breakEven: null })).toContain('Agence');
  });
});
