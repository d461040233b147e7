import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import {
  LiftInput,
  SuppressionInput,
  SuppressionQuery,
} from '../../prospects/suppression/suppression.dto.js';
import { SuppressionList } from '../../prospects/suppression/suppression-list.service.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { SuppressionsScreen } from './suppressions-screen.service.js';

/** Whom a client's prospecting never contacts. */
@AllowAgency()
@Controller('clients/:clientId/suppressions')
export class ClientSuppressionPages {
  constructor(
    private readonly screen: SuppressionsScreen,
    private readonly list: SuppressionList,
  ) {}

  @Get()
  index(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() query: Form,
  ): Promise<PageResponse> {
    return this.screen.draw(actor, page, clientId, queryOf(query), NOTHING_REFUSED);
  }

  @Post()
  add(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return addEntry(this.screen, this.list, { actor, page, clientId, form });
  }

  @Allow('admin', 'manager')
  @Post(':id/lift')
  lift(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { clientId, id }: { clientId: string; id: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    return liftEntry(this.screen, this.list, { actor, page, clientId, form }, id);
  }
}

/** Whom the agency contacts for no client. */
@Allow('admin', 'manager')
@Controller('settings/suppressions')
export class AgencySuppressionPages {
  constructor(
    private readonly screen: SuppressionsScreen,
    private readonly list: SuppressionList,
  ) {}

  @Get()
  index(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() query: Form,
  ): Promise<PageResponse> {
    return this.screen.draw(actor, page, null, queryOf(query), NOTHING_REFUSED);
  }

  @Post()
  add(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return addEntry(this.screen, this.list, { actor, page, clientId: null, form });
  }

  @Post(':id/lift')
  lift(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return liftEntry(this.screen, this.list, { actor, page, clientId: null, form }, id);
  }
}

interface Asked {
  actor: Actor;
  page: Page;
  /** Null: the agency's list. */
  clientId: string | null;
  form: Form;
}

function addEntry(
  screen: SuppressionsScreen,
  list: SuppressionList,
  { actor, page, clientId, form }: Asked,
): Promise<PageResponse> {
  return page.submit(
    SuppressionInput,
    form,
    async (input) => {
      const { value } = await list.add(actor, clientId, input);
      return page.redirect(screen.address(clientId), { key: 'suppressions.flash.added', params: { value } });
    },
    (refused, status) => screen.draw(actor, page, clientId, new SuppressionQuery(), refused, status),
  );
}

function liftEntry(
  screen: SuppressionsScreen,
  list: SuppressionList,
  { actor, page, clientId, form }: Asked,
  id: string,
): Promise<PageResponse> {
  return page.submit(
    LiftInput,
    form,
    async ({ reason }) => {
      await list.lift(actor, id, reason);
      return page.redirect(screen.address(clientId), { key: 'suppressions.flash.lifted' });
    },
    (refused, status) => screen.draw(actor, page, clientId, new SuppressionQuery(), refused, status),
  );
}

function queryOf(raw: Form): SuppressionQuery {
  return readInput(SuppressionQuery, withoutBlanks(raw), { isQuery: true });
}
