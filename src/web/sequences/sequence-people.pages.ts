import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { EnrolmentCare } from '../../sequences/enrolments/enrolment-care.service.js';
import { EnrolmentLines } from '../../sequences/enrolments/enrolment-lines.queries.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { WhyWaitings } from '../../sequences/engine/why-waiting.queries.js';
import { NotFound } from '../../shared/errors.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { enrolmentRow, waitingHref } from './enrolment.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

const STATES = ['active', 'paused', 'finished'] as const;

/** The people of a sequence, where each stands and why. */
@AllowAgency()
@Controller()
export class SequencePeoplePages {
  constructor(
    private readonly lines: EnrolmentLines,
    private readonly queries: SequencesQueries,
    private readonly clients: ClientQueries,
    private readonly care: EnrolmentCare,
    private readonly whys: WhyWaitings,
  ) {}

  @Get('sequences/:id/people')
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() query: { state?: string; reason?: string; cursor?: string },
  ): Promise<PageResponse> {
    const { sequence } = await this.queries.one(actor, id);
    const client = await this.clients.get(actor, sequence.clientId);
    const state = STATES.find((known) => known === query.state);
    const { reason, cursor } = query;
    const isWaiting = state === 'paused' && reason === 'colleague_replied';
    const { items, nextCursor } = await this.lines.list(actor, id, { state, reason, cursor });
    const base = `/sequences/${id}/people`;
    const whys = await this.whys.of(
      actor,
      client.id,
      items.map((line) => line.id),
    );
    const tabs = [undefined, ...STATES].map((one) => ({
      href: one ? `${base}?state=${one}` : base,
      label: page.t(one ? `sequences.enrolments.states.${one}` : 'sequences.enrolments.all'),
      isCurrent: one === state && !isWaiting,
    }));
    const waiting = await this.lines.waiting(actor, id);
    if (waiting > 0 || isWaiting)
      tabs.push({
        href: waitingHref(id),
        label: `${page.t('colleagues.sequence.tab')} ${page.format.number(waiting)}`,
        isCurrent: isWaiting,
      });
    const frame = clientFrame(page, client, 'sequences', {
      heading: page.t('sequences.people'),
      trail: [
        { href: `/clients/${client.id}/sequences`, label: page.t('sequences.title') },
        { href: `/sequences/${id}`, label: sequence.name },
      ],
      actions: [
        { href: `/clients/${client.id}/outbox`, label: page.t('outbox.title') },
        { href: `/sequences/${id}/enrol`, label: page.t('sequences.enrol'), icon: 'plus' },
      ],
    });
    const more = new URLSearchParams({
      ...(state ? { state } : {}),
      ...(reason ? { reason } : {}),
      cursor: nextCursor ?? '',
    });
    return page.show('sequences/people', {
      title: `${page.t('sequences.people')} · ${sequence.name}`,
      frame,
      tabs,
      rows: items.map((line) =>
        enrolmentRow(page, line, {
          zone: client.timeZone,
          why: whys.get(line.id),
          migrateHref: sequence.approvedVersion === null ? null : `/sequences/${id}/migration`,
        }),
      ),
      choice: isWaiting && items.length > 0 ? { base: `/sequences/${id}/colleagues`, n: items.length } : null,
      nextHref: nextCursor === null ? null : `${base}?${more.toString()}`,
    });
  }

  @Post('enrolments/:id/:act')
  async change(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, act }: { id: string; act: string },
    @Body() _form: object,
  ): Promise<PageResponse> {
    const acts = {
      pause: { deed: () => this.care.pause(actor, id, {}), told: 'paused' },
      resume: { deed: () => this.care.resume(actor, id), told: 'resumed' },
      remove: { deed: () => this.care.remove(actor, id), told: 'removed' },
    };
    if (!Object.hasOwn(acts, act)) throw new NotFound();
    const { deed, told } = acts[act as keyof typeof acts];
    const enrolment = await deed();
    const name = await this.lines.nameOf(actor, enrolment.id);
    return page.redirect(`/sequences/${enrolment.sequenceId}/people`, {
      key: `sequences.enrolments.${told}`,
      params: { name },
    });
  }
}
