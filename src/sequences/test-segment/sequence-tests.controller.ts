import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { EnrolmentMigrations, type MigrationPreview } from '../enrolments/enrolment-migrations.service.js';
import { type Results, SequenceResults } from '../sequence-results.queries.js';
import {
  SequenceStories,
  type EventLine,
  type TestLine,
  type VersionLine,
} from '../sequence-story.queries.js';
import type { Skipped } from '../enrolments/enrolment-gate.service.js';
import { DecisionInput, MigrationInput, ResultsInput, TestInput } from './sequence-test.dto.js';
import type { SequenceTest } from './sequence-test.entity.js';
import { type SequenceCounts, SequencesQueries } from '../sequences.queries.js';
import { SequenceTests } from './sequence-tests.service.js';

/** A list that comes whole. */
interface All<T> {
  items: T[];
  nextCursor: null;
}

/** The test segment with its decision, the versions and who moves between them, and what came of it all. */
@AllowAgency()
@Controller('api/v1/sequences/:id')
export class SequenceTestsController {
  constructor(
    private readonly tests: SequenceTests,
    private readonly migrations: EnrolmentMigrations,
    private readonly stories: SequenceStories,
    private readonly results: SequenceResults,
    private readonly sequences: SequencesQueries,
  ) {}

  /** Draws the sample and enrols it; those left out are listed with their reasons. */
  @Post('test')
  async start(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: TestInput,
  ): Promise<{ testId: string; seed: string; enrolled: number; skipped: Skipped[] }> {
    const { test, enrolled, skipped } = await this.tests.start(actor, id, input);
    return { testId: test.id, seed: test.seed, enrolled, skipped };
  }

  /** GO or NO-GO, with the reason; the figures of this moment are kept with it. */
  @Allow('admin', 'manager')
  @Post('decide')
  @HttpCode(200)
  decide(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: DecisionInput,
  ): Promise<SequenceTest> {
    return this.tests.decide(actor, id, input);
  }

  @Get('tests')
  async list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<All<TestLine>> {
    return { items: await this.stories.tests(actor, id), nextCursor: null };
  }

  @Get('versions')
  async versions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<All<VersionLine>> {
    return { items: await this.stories.versions(actor, id), nextCursor: null };
  }

  @Get('history')
  async history(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<All<EventLine>> {
    return { items: await this.stories.events(actor, id), nextCursor: null };
  }

  /** By step and variant, of one version or of all. */
  @Get('results')
  async resultsOf(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: ResultsInput,
  ): Promise<Results & SequenceCounts> {
    const results = await this.results.of(actor, id, query.version);
    return { ...results, ...(await this.sequences.counts(actor, id)) };
  }

  /** Who would go on with the approved version, and who cannot and why. */
  @Get('migration')
  migration(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MigrationPreview> {
    return this.migrations.preview(actor, id);
  }

  @Post('migration')
  @HttpCode(200)
  migrate(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: MigrationInput,
  ): Promise<{ version: number; moved: number; stayed: number }> {
    return this.migrations.migrate(actor, id, input.enrolmentIds);
  }
}
