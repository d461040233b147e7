import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { SearchQuery } from '../../prospects/search/prospect-list.dto.js';
import { MOST_HITS, ProspectSearch } from '../../prospects/search/prospect-search.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** One field for every prospect in sight: as a page of its own, and as the part a dialog fills while one types. */
@AllowAgency()
@Controller('search')
export class QuickSearchPages {
  constructor(private readonly search: ProspectSearch) {}

  @Get()
  async find(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() { q = '' }: SearchQuery,
  ): Promise<PageResponse> {
    const { items, isMore } = await this.search.find(actor, q);
    const isAsked = q.trim() !== '';
    const model = {
      title: page.t('bulk.quick.title'),
      q,
      isAsked,
      isNone: isAsked && items.length === 0,
      hits: items.map(({ id, fullName, title, companyName, clientName, status }) => ({
        href: `/prospects/${id}`,
        name: fullName,
        about: [title, companyName].filter(Boolean).join(' · '),
        client: clientName,
        status,
        statusText: page.t(`prospects.status.${status}`),
      })),
      moreText: isMore ? page.t('bulk.quick.more', { n: MOST_HITS }) : null,
    };
    return page.isFragment ? page.fragment('search/hits', model) : page.show('search/index', model);
  }
}
