import type { SequenceLine } from '../../sequences/sequences.queries.js';
import type { Page } from '../rendering/page.js';

/** The rows of a client's sequences. */
export function sequenceRows(page: Page, lines: readonly SequenceLine[], zone: string): object[] {
  const { number, date } = page.format;
  return lines.map((line) => ({
    href: `/sequences/${line.id}`,
    name: line.name,
    state: line.state,
    stateText: page.t(`sequences.states.${line.state}`),
    versionText: page.t('sequences.version', { version: line.version }),
    active: number(line.active),
    due: number(line.due),
    finished: number(line.finished),
    replied: number(line.replied),
    launched: line.launchedAt ? date(line.launchedAt, zone) : '—',
    people: `/sequences/${line.id}/people`,
  }));
}
