import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ProspectNotes } from '../../prospects/notes/prospect-notes.service.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { StepOutcomes } from '../../sequences/steps/step-outcomes.service.js';
import { InvalidInput } from '../../shared/errors.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { TodayActs } from './today-acts.service.js';
import { scopeOf, tabOf, TodayScreen } from './today-screen.service.js';

/** The SDR's day. Every act leads to the next person; htmx takes the new screen in place, a plain form a redirect. */
@AllowAgency()
@Controller('today')
export class TodayPages {
  constructor(
    private readonly screen: TodayScreen,
    private readonly acts: TodayActs,
    private readonly steps: StepOutcomes,
    private readonly statuses: Statuses,
    private readonly notes: ProspectNotes,
  ) {}

  @Get()
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() { item, of, tab }: Record<string, string>,
  ): Promise<PageResponse> {
    return this.screen.draw(page, actor, { item: item ?? null, scope: scopeOf(of), tab: tabOf(tab) });
  }

  @Post('tasks/:id/:prospect')
  record(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, prospect }: { id: string; prospect: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.acts.act(page, actor, form, prospect, async ({ result, position, attempt, note }) => {
      if (!result || !position || !attempt) throw new InvalidInput({ result: 'isNotEmpty' });
      const touch = await this.steps.record(actor, id, {
        result,
        position,
        attempt,
        ...(note ? { note } : {}),
      });
      const outcome = page.t(`outreach.done.${touch.channel}.${touch.result}`);
      return { key: 'today.done.outcome', params: { outcome }, undo: `/today/undo/touches/${touch.id}` };
    });
  }

  @Post('prospects/:id/status')
  change(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.move(page, actor, id, form);
  }

  /** The same with the status in the address, for buttons that carry a day or a reason. */
  @Post('prospects/:id/status/:to')
  changeTo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, to }: { id: string; to: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.move(page, actor, id, { ...form, to });
  }

  @Post('prospects/:id/note')
  note(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.acts.act(page, actor, { ...form, next: id }, id, async ({ note }) => {
      await this.notes.add(actor, id, note);
      return { key: 'today.done.note' };
    });
  }

  private move(page: Page, actor: Actor, id: string, form: Form): Promise<PageResponse> {
    return this.acts.act(page, actor, form, id, async ({ to, note, reason, until, day, time, version }) => {
      if (!to) throw new InvalidInput({ to: 'isNotEmpty' });
      const when = until ?? day;
      await this.statuses.change(actor, id, {
        to,
        ...(note ? { note } : {}),
        ...(reason ? { reason } : {}),
        ...(when === undefined ? {} : { until: when }),
        ...(time === undefined ? {} : { time }),
        ...(version === undefined ? {} : { version }),
      });
      const status = page.t(`prospects.status.${to}`);
      return { key: 'today.done.status', params: { status }, undo: `/today/undo/statuses/${id}` };
    });
  }
}
