import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { SavedFilters } from '../../prospects/lists/saved-filters.service.js';
import { Enrolments } from '../../sequences/enrolments/enrolments.service.js';
import { type MailRoad, SequencesQueries } from '../../sequences/sequences.queries.js';
import { SequenceStories, type TestLine } from '../../sequences/sequence-story.queries.js';
import { SequenceTests } from '../../sequences/test-segment/sequence-tests.service.js';
import type { Standing } from '../../sequences/sequence-states.js';
import type { TestFigures } from '../../sequences/test-segment/test-figures.js';

/** All that the page of a test shows. */
export interface TestReadings {
  standing: Standing;
  /** Newest first. */
  tests: TestLine[];
  /** The newest test as it stands now; null when none runs. */
  now: TestFigures | null;
  mailRoad: MailRoad | null;
  lists: { id: string; name: string }[];
  /** Filters somebody saved. */
  segments: { id: string; name: string }[];
}

@Injectable()
export class SequenceTestReadings {
  constructor(
    private readonly queries: SequencesQueries,
    private readonly stories: SequenceStories,
    private readonly tests: SequenceTests,
    private readonly enrolments: Enrolments,
    private readonly saved: SavedFilters,
  ) {}

  async of(actor: Actor, id: string, clientId: string): Promise<TestReadings> {
    const standing = await this.queries.standing(actor, id);
    const tests = await this.stories.tests(actor, id);
    const isOpen = tests[0]?.decision === null;
    return {
      standing,
      tests,
      now: isOpen ? await this.tests.figuresOf(actor, id) : null,
      mailRoad: await this.queries.mailRoad(actor, id),
      lists: await this.enrolments.lists(actor, id),
      segments: await this.saved.of(actor, clientId),
    };
  }
}
