import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ClientNames } from './client-names.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** More than these would push the rest out of the margin: the list of clients has them all. */
const SHOWN = 12;

/** The clients in the margin, fetched once a visit and kept while pages change beside it. */
@AllowAgency()
@Controller('clients/switcher')
export class ClientSwitcherPages {
  constructor(private readonly clients: ClientNames) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const clients = await this.clients.inSight(actor);
    return page.fragment('layouts/client-switcher', { clients: clients.slice(0, SHOWN) });
  }
}
