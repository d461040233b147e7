import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Previews } from '../../sequences/writing/previews.queries.js';
import type { WrittenSequence } from '../../sequences/sequence-loading.queries.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { SequenceStories } from '../../sequences/sequence-story.queries.js';
import { stepLetters, textsOf } from './message.view.js';
import type { Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { mailRoadView, sequenceFrame, type SequenceFrame, type SequenceTab } from './sequence-frame.view.js';
import { sequenceView } from './sequence-show.view.js';

/** What every page of a sequence stands on. */
export interface Ground extends WrittenSequence {
  client: Client;
  head: SequenceFrame;
}

/** Reads what the pages of a sequence show. */
@Injectable()
export class SequenceScreen {
  constructor(
    private readonly queries: SequencesQueries,
    private readonly stories: SequenceStories,
    private readonly previews: Previews,
    private readonly clients: ClientQueries,
  ) {}

  /** @throws NotFound */
  async ground(page: Page, actor: Actor, id: string, tab: SequenceTab): Promise<Ground> {
    const written = await this.queries.one(actor, id);
    const client = await this.clients.get(actor, written.sequence.clientId);
    return { ...written, client, head: sequenceFrame(page, client, written.sequence, tab) };
  }

  /** The steps of a version with every variant as one person reads it. */
  async letters(
    page: Page,
    actor: Actor,
    { sequence, version }: WrittenSequence,
    prospectId?: string,
  ): Promise<{
    steps: ReturnType<typeof stepLetters> | null;
    prospectId: string | null;
    name: string | null;
  }> {
    const preview = await this.previews.render(actor, sequence.clientId, {
      texts: textsOf(version.steps),
      prospectId,
      locale: sequence.locale,
      notice: version.notice,
    });
    return {
      steps: preview && stepLetters(page, version.steps, preview.messages),
      prospectId: preview?.person.id ?? null,
      name: preview?.person.fullName ?? null,
    };
  }

  /** The first page of a sequence. */
  async draw(
    page: Page,
    actor: Actor,
    id: string,
    wish: { prospectId?: string | undefined; problem?: string; refused?: Refused; status?: number },
  ): Promise<PageResponse> {
    const ground = await this.ground(page, actor, id, 'overview');
    const { sequence, version, client, head } = ground;
    const { steps, prospectId } = await this.letters(page, actor, ground, wish.prospectId);
    const shown = sequenceView(page, actor, {
      sequence,
      version,
      standing: await this.queries.standing(actor, id),
      counts: await this.queries.counts(actor, id),
      events: await this.stories.events(actor, id),
      retired: await this.queries.retiredMailboxes(actor, id),
      gaps: await this.previews.noticeGaps(actor, client.id, sequence.locale),
      samples: await this.previews.samples(actor, client.id),
      prospectId,
      zone: client.timeZone,
      refused: wish.refused,
    });
    const mailRoad = mailRoadView(page, sequence, await this.queries.mailRoad(actor, id));
    const model = { title: sequence.name, head, shown, mailRoad, letters: steps, problem: wish.problem };
    return page.show('sequences/show', model, wish.status === undefined ? {} : { status: wish.status });
  }
}
