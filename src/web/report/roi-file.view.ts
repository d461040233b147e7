import type { Locale } from '../../accounts/actor.js';
import { PRINTED } from '../../reporting/cost/cost-chart.js';
import type { RoiFile } from '../../reporting/roi/roi-file.js';
import { roiSections } from '../../reporting/roi/roi-sections.js';
import type { RoiSummary } from '../../reporting/roi/roi-summary.js';
import { roiVerdict } from '../../reporting/roi/roi-verdict.js';
import { chartNote, costChart } from './cost-chart.view.js';
import { formatsIn } from '../rendering/formats.js';
import type { Translate } from '../rendering/translations.service.js';

/** The summary in the words of one language, before a format is chosen. */
export function roiFile(summary: RoiSummary, t: Translate, locale: Locale): RoiFile {
  const { clientName, from, to, timeZone, asOf, currency } = summary.cost;
  const format = formatsIn(locale);
  return {
    title: t('cost.file.title', { client: clientName }),
    lines: [
      t('cost.file.period', { from: format.day(from), to: format.day(to), zone: timeZone }),
      t('cost.file.asOf', { at: format.moment(asOf, timeZone) }),
      t('cost.file.basis', { currency }),
    ],
    currency,
    locale,
    na: t('cost.na'),
    heads: {
      section: t('cost.file.section'),
      item: t('cost.file.item'),
      measure: t('cost.file.measure'),
      value: t('cost.file.value'),
      unit: t('cost.file.unit'),
    },
    verdict: roiVerdict(summary.cost, t, locale),
    sections: roiSections(summary, t, locale),
    chartNote: `${t('cost.chart.title')} · ${chartNote(summary.cost, t)}`,
    chartSvg: costChart(summary.cost, t, locale, PRINTED),
    pageOf: (page, pages) => t('cost.file.page', { page, pages }),
  };
}
