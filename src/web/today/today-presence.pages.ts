import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Leases } from '../../outreach/leases.service.js';
import { NoteDrafts } from '../../prospects/notes/note-drafts.service.js';
import { Conflict } from '../../shared/errors.js';
import { DraftForm } from './today.dto.js';
import { tabOf } from './today-screen.service.js';

/** What an open page tells by itself: I am still here, I am leaving, this is what I have typed so far. */
@AllowAgency()
@Controller('today')
export class TodayPresencePages {
  constructor(
    private readonly leases: Leases,
    private readonly drafts: NoteDrafts,
  ) {}

  /** @throws Conflict when somebody else has taken the person over meanwhile */
  @Post('lease/:id')
  @HttpCode(204)
  async stay(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() form: Record<string, unknown> | undefined,
  ): Promise<void> {
    const holder = await this.leases.take(actor, id, tabOf(form?.['tab']));
    if (holder.userId !== actor.userId) throw new Conflict('leased', { name: holder.name });
  }

  @Post('leave')
  @HttpCode(204)
  leave(@CurrentActor() actor: Actor, @Body() form: Record<string, unknown> | undefined): Promise<void> {
    return this.leases.release(actor, tabOf(form?.['tab']));
  }

  @Post('drafts/:id')
  @HttpCode(204)
  draft(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { note }: DraftForm): Promise<void> {
    return this.drafts.keep(actor, id, note ?? '');
  }
}
