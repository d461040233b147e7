import type { Migrant, MigrationPreview } from '../../sequences/enrolments/enrolment-migrations.service.js';
import type { Sequence } from '../../sequences/sequence.entity.js';
import type { VersionLine } from '../../sequences/sequence-story.queries.js';
import { diffVersions, type StepDiff } from '../../sequences/writing/version-diff.js';
import { channelIcon, dayText, variantName } from './message.view.js';
import type { Page } from '../rendering/page.js';

const MOST_SHOWN = 200;

/** The versions in a table, and what differs between the two chosen: the newest and the one before unless said. */
export function versionsView(
  page: Page,
  sequence: Sequence,
  versions: readonly VersionLine[],
  { from, to, zone }: { from?: string; to?: string; zone: string },
): object {
  const find = (asked: string | undefined, usual: VersionLine | undefined): VersionLine | undefined =>
    versions.find(({ version }) => String(version) === asked) ?? usual;
  const newer = find(to, versions[0]);
  const older = find(
    from,
    versions.find(({ version }) => version < (newer?.version ?? 0)),
  );
  const day = (at: Date | null): string => (at ? page.format.date(at, zone) : '—');
  const behind = versions.filter(({ version }) => version !== sequence.approvedVersion);
  return {
    rows: versions.map((one) => ({
      name: page.t('sequences.version', { version: one.version }),
      state: one.state,
      stateText: page.t(`governance.versionStates.${one.state}`),
      isUsed: one.version === sequence.approvedVersion,
      written: `${day(one.createdAt)} · ${one.createdByName ?? 'Carnet'}`,
      approved: one.approvedAt ? `${day(one.approvedAt)} · ${one.approvedByName ?? 'Carnet'}` : '—',
      seal: one.approvedSeal?.slice(0, 12) ?? null,
      open: page.format.number(one.open),
    })),
    canMigrate: sequence.approvedVersion !== null && behind.some(({ open }) => open > 0),
    froms: choices(page, versions, older?.version),
    tos: choices(page, versions, newer?.version),
    diff:
      older && newer && older !== newer
        ? {
            title: page.t('governance.diff.title', { from: older.version, to: newer.version }),
            steps: diffVersions(older.steps, newer.steps).map((step) => diffView(page, step)),
          }
        : null,
  };
}

function choices(page: Page, versions: readonly VersionLine[], chosen: number | undefined): object[] {
  return versions.map(({ version }) => ({
    value: version,
    label: page.t('sequences.version', { version }),
    isChosen: version === chosen,
  }));
}

function diffView(page: Page, step: StepDiff): object {
  const { from, to, kind } = step;
  const shown = (to ?? from)!;
  const moves = [
    from && to && from.position !== to.position
      ? page.t('governance.diff.moved', { from: from.position, to: to.position })
      : null,
    from && to && from.day !== to.day
      ? page.t('governance.diff.day', { from: dayText(page, from.day), to: dayText(page, to.day) })
      : null,
    from && to && from.channel !== to.channel
      ? page.t('governance.diff.channel', {
          from: page.t(`outreach.channels.${from.channel}`),
          to: page.t(`outreach.channels.${to.channel}`),
        })
      : null,
  ];
  return {
    day: dayText(page, shown.day),
    icon: channelIcon(shown.channel),
    channel: page.t(`outreach.channels.${shown.channel}`),
    kind,
    kindText: page.t(`governance.diff.kinds.${kind}`),
    isSame: kind === 'same',
    moves: moves.filter((one) => one !== null),
    variants: step.variants
      .filter((one) => one.kind !== 'same')
      .map((one) => ({
        name: step.variants.length > 1 ? variantName(page, one.variant) : null,
        kindText: one.kind === 'changed' ? null : page.t(`governance.diff.kinds.${one.kind}`),
        subject: one.subject.map(pieceView),
        body: one.body.map(pieceView),
      })),
  };
}

const pieceView = ({ kind, text }: { kind: string; text: string }): object => ({
  text,
  isAdded: kind === 'added',
  isRemoved: kind === 'removed',
});

/** Who would go on with the new version, from which step; and who stays, with the reason. */
export function migrationView(page: Page, { version, migrants }: MigrationPreview): object {
  const movers = migrants.filter(({ plan }) => plan.moves);
  const stayers = migrants.filter(({ plan }) => !plan.moves);
  return {
    text: page.t('governance.migration.text', { version }),
    isEmpty: migrants.length === 0,
    moversText: page.t('governance.migration.movers', { n: movers.length }),
    stayersText: page.t('governance.migration.stayers', { n: stayers.length }),
    submitText: page.t('governance.migration.submit', { n: movers.length, version }),
    canMove: movers.length > 0,
    movers: movers.slice(0, MOST_SHOWN).map((one) => migrantRow(page, one)),
    stayers: stayers.slice(0, MOST_SHOWN).map((one) => migrantRow(page, one)),
  };
}

function migrantRow(page: Page, { prospectId, fullName, version, plan, done }: Migrant): object {
  return {
    href: `/prospects/${prospectId}`,
    name: fullName,
    version: page.t('sequences.version', { version }),
    done: page.t('governance.migration.behind', { n: done }),
    why: plan.moves
      ? page.t('governance.migration.next', { step: plan.next })
      : page.t(`governance.migration.stays.${plan.reason}`, { step: plan.step }),
  };
}
