import { Controller, Get, Param, Query } from '@nestjs/common';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { SequenceResults } from '../../sequences/sequence-results.queries.js';
import { ResultsInput } from '../../sequences/test-segment/sequence-test.dto.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { AsNumber } from '../../shared/input-fields.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { resultsView, rowsView } from './sequence-results.view.js';
import { SequenceScreen } from './sequence-screen.service.js';

export class ResultRowsQuery {
  @IsString() @MaxLength(20) figure!: string;
  @IsOptional() @IsString() @MaxLength(36) step?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(0) variant?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  @IsOptional() @IsString() @MaxLength(36) test?: string;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

/** What came of a sequence by step and variant, and the people behind each figure. */
@AllowAgency()
@Controller('sequences/:id/results')
export class SequenceResultsPages {
  constructor(
    private readonly results: SequenceResults,
    private readonly queries: SequencesQueries,
    private readonly screen: SequenceScreen,
  ) {}

  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() { version }: ResultsInput,
  ): Promise<PageResponse> {
    const { sequence, head } = await this.screen.ground(page, actor, id, 'results');
    const results = await this.results.of(actor, id, version);
    const { waiting } = await this.queries.counts(actor, id);
    return page.show('sequences/results', {
      title: `${page.t('governance.tabs.results')} · ${sequence.name}`,
      head,
      ...resultsView(page, sequence, results, waiting),
    });
  }

  @Get('rows')
  async rows(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() query: ResultRowsQuery,
  ): Promise<PageResponse> {
    const { sequence, head } = await this.screen.ground(page, actor, id, 'results');
    const { figure, step: stepId, variant, version, test: testId, cursor } = query;
    const found = await this.results.rows(actor, id, { figure, stepId, variant, version, testId, cursor });
    return page.show('sequences/result-rows', {
      title: `${page.t('governance.tabs.results')} · ${sequence.name}`,
      head,
      ...rowsView(page, sequence, query, found),
    });
  }
}
