import type { Client } from '../../clients/client.entity.js';
import type { Judgement } from '../../icp/fit-score.js';
import type { IcpVersion } from '../../icp/icp.entity.js';
import type { JudgeInput } from '../../icp/icp.dto.js';
import type { WrittenIcp } from '../../icp/icp.queries.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { reasonLines } from '../prospects/fit-reasons.view.js';
import { type FieldOptions, fieldMaker, NOTHING_REFUSED } from '../form-field.view.js';
import { criteriaLines, criteriaSummary, exclusionLines } from './icp-criteria.view.js';
import type { Page, PageModel } from '../rendering/page.js';

export function icpListPage(page: Page, client: Client, icps: readonly WrittenIcp[]): PageModel {
  const home = `/clients/${client.id}/icps`;
  const canEdit = page.frame.isManager;
  const card = ({ icp, version }: WrittenIcp): object => ({
    href: `${home}/${icp.id}`,
    takeUp: `${home}/${icp.id}/take-up`,
    name: icp.name,
    version: page.t('icps.version', { version: icp.version }),
    summary: criteriaSummary(page, version.criteria),
    lines: criteriaLines(page, version.criteria),
    excluded: exclusionLines(page, version.criteria),
    canEdit,
  });
  return {
    title: `${client.name} · ${page.t('clients.tabs.icps')}`,
    frame: clientFrame(page, client, 'icps', {
      lede: page.t('icps.lede'),
      actions: [
        { href: `/clients/${client.id}/icp-trials`, label: page.t('trials.door'), icon: 'target' },
        ...(canEdit ? [{ href: `${home}/new`, label: page.t('icps.new'), icon: 'plus' }] : []),
      ],
    }),
    newHref: `${home}/new`,
    rejudge: canEdit && icps.some(({ icp }) => icp.archivedAt === null) ? `${home}/rejudge` : null,
    canEdit,
    inUse: icps.filter(({ icp }) => icp.archivedAt === null).map(card),
    shelved: icps.filter(({ icp }) => icp.archivedAt !== null).map(card),
  };
}

export function icpPage(
  page: Page,
  client: Client,
  { icp, version }: WrittenIcp,
  versions: readonly IcpVersion[],
  trial: { facts: JudgeInput; judged: Judgement | null },
): PageModel {
  const list = `/clients/${client.id}/icps`;
  const canEdit = page.frame.isManager;
  return {
    title: `${icp.name} · ${client.name}`,
    frame: clientFrame(page, client, 'icps', {
      heading: icp.name,
      trail: [{ href: list, label: page.t('clients.tabs.icps') }],
      actions: [
        {
          href: `/clients/${client.id}/icp-trials?version=${version.id}`,
          label: page.t('trials.door'),
          icon: 'target',
        },
        ...(canEdit ? [{ href: `${list}/${icp.id}/edit`, label: page.t('icps.edit'), icon: 'edit' }] : []),
      ],
    }),
    href: `${list}/${icp.id}`,
    canEdit,
    isShelved: icp.archivedAt !== null,
    versionText: page.t('icps.versionSince', {
      version: icp.version,
      at: page.format.moment(version.createdAt, client.timeZone),
    }),
    lines: criteriaLines(page, version.criteria),
    excluded: exclusionLines(page, version.criteria),
    before: versions.slice(1).map((one) => ({
      version: page.t('icps.version', { version: one.version }),
      at: page.format.moment(one.createdAt, client.timeZone),
      lines: criteriaLines(page, one.criteria),
      excluded: exclusionLines(page, one.criteria),
    })),
    trial: trialFields(page, trial.facts),
    ...verdictModel(page, trial.judged),
  };
}

export function verdictModel(page: Page, judged: Judgement | null): object {
  if (judged === null) return { verdict: null };
  return {
    verdict: {
      fit: judged.verdict,
      text: page.t(`icps.verdicts.${judged.verdict}`),
      score: page.format.number(judged.score),
      reasons: reasonLines(page, judged.reasons),
    },
  };
}

function trialFields(page: Page, facts: JudgeInput): object[] {
  const make = fieldMaker(page, 'icps.trial', {
    ...NOTHING_REFUSED,
    values: Object.fromEntries(Object.entries(facts)),
  });
  const field = (path: keyof JudgeInput, options: FieldOptions = {}): object =>
    make(path, { isUnmarked: true, ...options });
  return [
    field('title'),
    field('companyName'),
    field('industry'),
    field('nafCode'),
    field('headcount'),
    field('country'),
    field('region'),
    field('domain'),
    field('technologies'),
  ];
}
