import { formatMoney } from '../../shared/money.js';
import type { CostReport } from '../cost/cost-report.js';
import type { Words } from './roi-summary.js';

/** Who books a qualified meeting for less in the plan, in one sentence, whoever wins. */
export function roiVerdict({ plan, cheaper, currency }: CostReport, words: Words, locale: string): string {
  const months = plan.horizonMonths;
  const [agency, inHouse] = [plan.agency.costPerQualifiedCents, plan.inHouse.costPerQualifiedCents];
  if (cheaper === null || agency === null || inHouse === null) return words('cost.verdict.none', { months });
  const money = (cents: number): string => formatMoney(cents, currency, locale);
  const gap = money(Math.abs(agency - inHouse));
  return words(`cost.verdict.${cheaper}`, { months, agency: money(agency), inHouse: money(inHouse), gap });
}
