import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { Portfolio } from '../../reporting/portfolio.queries.js';
import { portfolioView } from './portfolio.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** All the clients of an account manager on one page, worst first. */
@Allow('admin', 'manager')
@Controller('portfolio')
export class PortfolioPages {
  constructor(private readonly portfolio: Portfolio) {}

  @Get()
  async index(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const clients = await this.portfolio.clients(actor);
    return page.show('portfolio/index', {
      title: page.t('portfolio.title'),
      ...portfolioView(page, clients),
    });
  }
}
