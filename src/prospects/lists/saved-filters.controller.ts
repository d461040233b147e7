import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ProspectList } from '../search/prospect-list.queries.js';
import { SavedFilterInput } from './saved-filter.dto.js';
import { SavedFilters } from './saved-filters.service.js';

@AllowAgency()
@Controller('api/v1')
export class SavedFiltersController {
  constructor(
    private readonly filters: SavedFilters,
    private readonly prospects: ProspectList,
  ) {}

  /** Each with how many it finds now; `isMore`: at least so many. */
  @Get('clients/:id/filters')
  async of(@CurrentActor() actor: Actor, @Param('id') clientId: string) {
    const kept = await this.filters.of(actor, clientId);
    const items = [];
    for (const one of kept)
      items.push({ ...one, ...(await this.prospects.size(actor, clientId, { segment: one.id })) });
    return { items, nextCursor: null };
  }

  @Post('clients/:id/filters')
  keep(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() input: SavedFilterInput) {
    return this.filters.keep(actor, clientId, input);
  }

  @Delete('filters/:id')
  @HttpCode(204)
  async drop(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.filters.drop(actor, id);
  }
}
