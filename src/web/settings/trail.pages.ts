import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { agencyClock } from '../../accounts/agency.queries.js';
import { AuditQueries } from '../../accounts/audit.queries.js';
import { Database } from '../../database/database.js';
import { ClientNames } from '../clients/client-names.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { TrailQuery } from './settings.dto.js';
import { settingsFrame } from './settings-frame.view.js';
import { trailFilter, trailView } from './trail.view.js';

/** The audit trail: who did what to what. */
@Allow('admin', 'manager')
@Controller('settings/audit')
export class TrailPages {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditQueries,
    private readonly clients: ClientNames,
  ) {}

  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() query: TrailQuery,
  ): Promise<PageResponse> {
    const { timeZone } = await this.database.read(agencyClock);
    const [entries, people, clients] = await Promise.all([
      this.trail.list(actor, trailFilter(query, timeZone)),
      this.trail.doers(actor),
      this.clients.inSight(actor),
    ]);
    const frame = settingsFrame(page, 'audit');
    return page.show('settings/audit', {
      title: frame.heading,
      frame,
      ...trailView(page, query, timeZone, { entries, people, clients }),
    });
  }
}
