import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Distinctions } from './distinctions.service.js';
import { DuplicateSearches } from './duplicate-search.service.js';
import { DuplicateQueries } from './duplicates.queries.js';
import { DistinctInput, DuplicatesQuery, MergeInput } from './merge.dto.js';
import { MergeUndo } from './merge-undo.service.js';
import { Merges } from './merges.service.js';

@ApiTags('duplicates')
@AllowAgency()
@Controller('api/v1')
export class MergeController {
  constructor(
    private readonly merges: Merges,
    private readonly undoing: MergeUndo,
    private readonly duplicates: DuplicateQueries,
    private readonly searches: DuplicateSearches,
    private readonly distinctions: Distinctions,
  ) {}

  /** Pairs of prospects who may be one person, the likeliest first, with what speaks for and against it. */
  @Get('clients/:id/duplicates')
  list(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Query() query: DuplicatesQuery) {
    return this.duplicates.suggested(actor, clientId, query);
  }

  /** Compares the client's prospects again, in the background. */
  @HttpCode(202)
  @Post('clients/:id/duplicates/search')
  async search(@CurrentActor() actor: Actor, @Param('id') clientId: string) {
    await this.searches.begin(actor, clientId);
    return { isRunning: true };
  }

  /** Two people: never suggested again. */
  @HttpCode(204)
  @Post('clients/:id/duplicates/dismiss')
  dismiss(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() pair: DistinctInput) {
    return this.distinctions.keepApart(actor, clientId, pair);
  }

  /** This prospect survives; the other one goes into it. */
  @HttpCode(200)
  @Post('prospects/:id/merge')
  merge(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: MergeInput) {
    return this.merges.merge(actor, id, input);
  }

  @HttpCode(200)
  @Post('merges/:id/undo')
  undo(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.undoing.undo(actor, id);
  }
}
