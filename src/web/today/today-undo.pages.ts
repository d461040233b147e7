import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { StepUndo } from '../../sequences/steps/step-undo.service.js';
import { TaskSkips } from '../../sequences/steps/task-skips.service.js';
import { Triage } from '../../sequences/replies/triage.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { TodayActs } from './today-acts.service.js';

/** Ten seconds to take back what one has just done. */
@AllowAgency()
@Controller('today/undo')
export class TodayUndoPages {
  constructor(
    private readonly acts: TodayActs,
    private readonly steps: StepUndo,
    private readonly statuses: Statuses,
    private readonly triage: Triage,
    private readonly skips: TaskSkips,
  ) {}

  @Post('touches/:id')
  touch(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.acts.takeBack(page, actor, form, () => this.steps.undo(actor, id));
  }

  @Post('statuses/:id')
  status(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.acts.takeBack(page, actor, form, async () => ({
      prospectId: (await this.statuses.undo(actor, id)).id,
    }));
  }

  @Post('replies/:id')
  reply(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.acts.takeBack(page, actor, form, () => this.triage.undo(actor, id));
  }

  @Post('skips/:id')
  async skip(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const n = await this.skips.undo(actor, id);
    return page.redirect('/today', { key: 'today.overdue.undone', params: { n } });
  }
}
