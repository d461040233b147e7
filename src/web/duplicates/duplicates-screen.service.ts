import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { DuplicateQueries, type SuggestedPair } from '../../prospects/merge/duplicates.queries.js';
import { MergePreviews } from '../../prospects/merge/merge-preview.queries.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { duplicatesView, pairAddress } from './duplicates.view.js';
import type { DuplicatesPageQuery } from './duplicates.dto.js';
import { mergePreviewView } from './merge-preview.view.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Pairs on the left, the two of one pair side by side. */
@Injectable()
export class DuplicatesScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly duplicates: DuplicateQueries,
    private readonly previews: MergePreviews,
    private readonly clock: Clock,
  ) {}

  async draw(
    actor: Actor,
    page: Page,
    clientId: string,
    query: DuplicatesPageQuery,
    refused: { problem: string; status: number } = { problem: '', status: 200 },
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const found = await this.duplicates.suggested(actor, clientId, query);
    const base = `/clients/${clientId}/duplicates`;
    const chosen = chosenPair(query, found.items);
    const preview = chosen && (await this.preview(actor, clientId, chosen.one, chosen.other));
    const title = page.t('duplicates.title');
    const model = {
      title: `${title} · ${client.name}`,
      frame: clientFrame(page, client, 'prospects', {
        heading: title,
        count: found.total,
        lede: page.t('duplicates.lede'),
        trail: [{ href: `/clients/${clientId}/prospects`, label: page.t('clients.tabs.prospects') }],
      }),
      problem: refused.problem || null,
      ...duplicatesView(page, { base, found, chosen, query, now: this.clock.now() }),
      preview: preview && mergePreviewView(page, base, preview),
    };
    return page.show('duplicates/index', model, { status: refused.status });
  }

  /** Where to go on after a decision: the likeliest pair left. */
  async next(actor: Actor, clientId: string): Promise<string> {
    const base = `/clients/${clientId}/duplicates`;
    const { items } = await this.duplicates.suggested(actor, clientId, { limit: 1 });
    return items[0] ? pairAddress(base, items[0]) : base;
  }

  /** Somebody may have merged them meanwhile: then the list alone is shown. */
  private async preview(actor: Actor, clientId: string, one: string, other: string) {
    try {
      const preview = await this.previews.of(actor, one, other);
      return preview.survivor.clientId === clientId ? preview : null;
    } catch (error) {
      if (error instanceof NotFound || error instanceof InvalidInput) return null;
      throw error;
    }
  }
}

function chosenPair(
  { one, other }: DuplicatesPageQuery,
  items: readonly SuggestedPair[],
): { one: string; other: string } | null {
  if (one && other) return { one, other };
  const [first] = items;
  return first ? { one: first.survivorId, other: first.otherId } : null;
}
