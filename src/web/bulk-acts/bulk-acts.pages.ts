import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { LeftQuery } from '../../prospects/bulk-acts/bulk-act.dto.js';
import { BulkScreen } from './bulk-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Acts on many prospects: what will happen, how far it is, what came of it, and the way back. */
@AllowAgency()
@Controller()
export class BulkActPages {
  constructor(private readonly screen: BulkScreen) {}

  /** One button of the bar below the list: its name says the act, the other fields whom and what. */
  @Post('clients/:clientId/prospects/bulk')
  act(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.screen.act(actor, page, clientId, form);
  }

  @Get('clients/:clientId/bulk-acts')
  list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    return this.screen.list(actor, page, clientId);
  }

  @Get('bulk-acts/:id')
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() { cursor }: LeftQuery,
  ): Promise<PageResponse> {
    return this.screen.show(actor, page, id, cursor);
  }

  @Post('bulk-acts/:id/start')
  start(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.screen.press(actor, page, id, 'start');
  }

  @Post('bulk-acts/:id/cancel')
  cancel(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.screen.press(actor, page, id, 'cancel');
  }

  @Post('bulk-acts/:id/undo')
  undo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.screen.press(actor, page, id, 'undo');
  }
}
