import type { Duplicates, SuggestedPair } from '../../prospects/merge/duplicates.queries.js';
import { MOST_PAIRS } from '../../prospects/merge/most-pairs.js';
import { type Evidence, speaksFor } from '../../prospects/merge/similar-people.js';
import type { DuplicatesPageQuery } from './duplicates.dto.js';
import type { ReasonLine } from '../prospects/fit-reasons.view.js';
import type { Page } from '../rendering/page.js';

export interface DuplicatesShown {
  base: string;
  found: Duplicates;
  chosen: { one: string; other: string } | null;
  query: DuplicatesPageQuery;
  now: Date;
}

export function duplicatesView(page: Page, { base, found, chosen, query, now }: DuplicatesShown) {
  const { items, nextCursor, search, total } = found;
  const isChosen = ({ survivorId, otherId }: SuggestedPair): boolean =>
    chosen !== null && [chosen.one, chosen.other].sort().join() === [survivorId, otherId].sort().join();
  const at = items.findIndex(isChosen);
  const address = (pair: SuggestedPair | undefined): string | null =>
    pair === undefined ? null : pairAddress(base, pair, query.cursor);
  return {
    base,
    isOpen: Boolean(query.one && query.other),
    pairs: items.map((pair) => ({
      href: pairAddress(base, pair, query.cursor),
      isOpen: isChosen(pair),
      names: page.t('duplicates.pair', { one: pair.first.fullName, other: pair.second.fullName }),
      companies: [...new Set([pair.first.companyName, pair.second.companyName])].filter(Boolean).join(' · '),
      why: evidenceText(page, pair.evidence.filter(speaksFor)),
      tone: pair.isSure ? 'good' : 'warn',
      likelihood: page.t(pair.isSure ? 'duplicates.sure' : 'duplicates.possible'),
    })),
    previous: at > 0 ? address(items[at - 1]) : null,
    next: address(items[at + 1]),
    more: nextCursor === null ? null : `${base}?${new URLSearchParams({ cursor: nextCursor }).toString()}`,
    isEmpty: total === 0,
    isNew: search.searchedAt === null && !search.isRunning,
    isSearching: search.isRunning,
    most: search.isFull ? page.t('duplicates.most', { n: MOST_PAIRS }) : null,
    searched:
      search.searchedAt === null
        ? null
        : page.t('duplicates.searched', {
            n: search.prospects,
            when: page.format.relative(search.searchedAt, now),
          }),
  };
}

/** A pair side by side, the likelier survivor first. */
export function pairAddress(base: string, pair: SuggestedPair, cursor?: string): string {
  const asked = new URLSearchParams({ one: pair.survivorId, other: pair.otherId });
  if (cursor) asked.set('cursor', cursor);
  return `${base}?${asked.toString()}`;
}

export function evidenceText(page: Page, evidence: readonly Evidence[]): string {
  return evidence.map((one) => page.t(`duplicates.evidence.${one}`)).join(' · ');
}

/** For `{{> icps/_reasons reasons}}`: what speaks for one person, and what against. */
export function evidenceLines(page: Page, evidence: readonly Evidence[]): ReasonLine[] {
  return evidence.map((one) => ({
    verdict: speaksFor(one) ? (one.endsWith('unknown') ? 'unknown' : 'yes') : 'no',
    text: page.t(`duplicates.evidence.${one}`),
  }));
}
