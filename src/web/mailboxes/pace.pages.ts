import { Body, Controller, Get, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { pacedChannels } from '../../outreach/touches/daily-pace.js';
import { DailyPace } from '../../outreach/touches/daily-pace.service.js';
import { PaceForm } from './answer-template.dto.js';
import { errorSummary, fieldMaker, NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

/** How much one person may do by hand in a day. */
@Allow('admin', 'manager')
@Controller('settings/pace')
export class PacePages {
  constructor(private readonly pace: DailyPace) {}

  @Get()
  show(@CurrentPage() page: Page): Promise<PageResponse> {
    return this.draw(page, NOTHING_REFUSED);
  }

  @Post()
  set(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      PaceForm,
      form,
      async ({ linkedin_invite, linkedin_message, call }) => {
        await this.pace.set(actor, { linkedin_invite, linkedin_message, call });
        return page.redirect('/settings/pace', { key: 'settings.pace.saved' });
      },
      (refused, status) => this.draw(page, refused, status),
    );
  }

  private async draw(page: Page, refused: Refused, status = 200): Promise<PageResponse> {
    const limits = await this.pace.limits();
    const shown = { ...refused, values: { ...limits, ...refused.values } };
    const make = fieldMaker(page, 'settings.pace.fields', shown);
    const fields = pacedChannels.map((channel) =>
      make(channel, { type: 'number', isRequired: true, unit: page.t('settings.pace.unit') }),
    );
    const frame = settingsFrame(page, 'pace');
    const model = {
      title: page.t('settings.pace.title'),
      frame,
      fields,
      summary: errorSummary(refused, fields),
    };
    return page.show('settings/pace', model, { status });
  }
}
