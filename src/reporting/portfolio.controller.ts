import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/actor.js';
import { Allow, CurrentActor } from '../accounts/allow.decorator.js';
import { Portfolio, type PortfolioClient } from './portfolio.queries.js';

@ApiTags('reports')
@Allow('admin', 'manager')
@Controller('api/v1/portfolio')
export class PortfolioController {
  constructor(private readonly portfolio: Portfolio) {}

  /** All clients in sight, worst first. */
  @Get()
  async clients(@CurrentActor() actor: Actor): Promise<{ items: PortfolioClient[]; nextCursor: null }> {
    return { items: await this.portfolio.clients(actor), nextCursor: null };
  }
}
