import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Channel } from '../../outreach/touches/outcomes.js';
import { Touches } from '../../outreach/touches/touches.service.js';
import { StepUndo } from '../../sequences/steps/step-undo.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { ProspectScreen } from './prospect-screen.service.js';
import { TOUCH_FIELDS, TouchForm } from './touch-form.dto.js';

/** Actions outside any sequence, logged on a prospect's own page. */
@AllowAgency()
@Controller('prospects/:id/touches')
export class TouchPages {
  constructor(
    private readonly screen: ProspectScreen,
    private readonly touches: Touches,
    private readonly undoing: StepUndo,
  ) {}

  @Post()
  log(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      TouchForm,
      Object.fromEntries(TOUCH_FIELDS.filter((name) => name in form).map((name) => [name, form[name]])),
      async ({ deed, ...said }) => {
        const [channel, kind] = deed.split('.') as [Channel, string];
        const touch = await this.touches.log(actor, id, { channel, kind, ...said });
        const params = { deed: page.t(`outreach.done.${deed}`) };
        const undo = `/prospects/${id}/touches/${touch.id}/undo`;
        return page.redirect(`/prospects/${id}`, { key: 'prospects.flash.logged', params, undo });
      },
      (refused, status) => this.screen.draw(actor, page, id, refused, status),
    );
  }

  @Post(':touch/undo')
  async undo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('touch') touchId: string,
  ): Promise<PageResponse> {
    const { prospectId } = await this.undoing.undo(actor, touchId);
    return page.redirect(`/prospects/${prospectId}`, { key: 'prospects.flash.unlogged' });
  }
}
