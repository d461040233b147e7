import type { Client } from '../../clients/client.entity.js';
import type { Sequence } from '../../sequences/sequence.entity.js';
import type { MailRoad } from '../../sequences/sequences.queries.js';
import { clientFrame, type ClientFrame, type FrameAction } from '../clients/client-frame.view.js';
import type { Page } from '../rendering/page.js';

const TABS = [
  ['overview', ''],
  ['approval', '/approval'],
  ['test', '/test'],
  ['results', '/results'],
  ['versions', '/versions'],
  ['people', '/people'],
] as const;
export type SequenceTab = (typeof TABS)[number][0];

/** What `{{> sequences/_head}}` draws above every page of a sequence. */
export interface SequenceFrame {
  frame: ClientFrame;
  parts: { href: string; label: string; isCurrent: boolean }[];
  partsLabel: string;
  status: string;
  statusText: string;
  versionText: string;
}

export function sequenceFrame(
  page: Page,
  client: Client,
  sequence: Sequence,
  tab: SequenceTab,
  actions: FrameAction[] = [],
): SequenceFrame {
  const home = `/sequences/${sequence.id}`;
  const trail = [{ href: `/clients/${client.id}/sequences`, label: page.t('sequences.title') }];
  const { approvedVersion, version } = sequence;
  return {
    frame: clientFrame(page, client, 'sequences', { heading: sequence.name, trail, actions }),
    parts: TABS.map(([name, path]) => ({
      href: home + path,
      label: page.t(`governance.tabs.${name}`),
      isCurrent: name === tab,
    })),
    partsLabel: page.t('governance.tabs.label'),
    status: sequence.state,
    statusText: page.t(`sequences.states.${sequence.state}`),
    versionText:
      approvedVersion === null
        ? page.t('governance.versionNone', { version })
        : page.t(approvedVersion === version ? 'governance.versionUsed' : 'governance.versionBehind', {
            version,
            used: approvedVersion,
          }),
  };
}

/** Said before anything is tested or launched: no mail will leave by itself, and where to change that. */
export function mailRoadView(
  page: Page,
  { clientId, state }: Sequence,
  road: MailRoad | null,
): object | null {
  if (road === null || road === 'open' || state === 'archived') return null;
  const isMissing = road === 'none';
  return {
    title: page.t(`sequences.mailRoad.${road}.title`),
    text: page.t(`sequences.mailRoad.${road}.text`),
    href: page.frame.isManager
      ? isMissing
        ? `/settings/mailboxes/new?client=${clientId}`
        : '/settings/mailboxes'
      : null,
    label: page.t(`sequences.mailRoad.${road}.act`),
  };
}
