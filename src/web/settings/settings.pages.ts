import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** The door of the settings: leads to the room this person has most to do in. */
@AllowAgency()
@Controller('settings')
export class SettingsPages {
  @Get()
  door(@CurrentActor() actor: Actor, @CurrentPage() page: Page): PageResponse {
    return page.redirect(actor.role === 'admin' ? '/settings/people' : '/me');
  }
}
