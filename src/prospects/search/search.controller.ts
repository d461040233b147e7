import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { SearchQuery } from './prospect-list.dto.js';
import { ProspectSearch } from './prospect-search.queries.js';

@AllowAgency()
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly search: ProspectSearch) {}

  /** Prospects of every client in sight, at most twenty. */
  @Get()
  async find(@CurrentActor() actor: Actor, @Query() { q }: SearchQuery) {
    const { items } = await this.search.find(actor, q ?? '');
    return { items, nextCursor: null };
  }
}
