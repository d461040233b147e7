import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, runsAgency } from '../../accounts/actor.js';
import { agencyClock } from '../../accounts/agency.queries.js';
import { Audit } from '../../accounts/audit.service.js';
import { Database } from '../../database/database.js';
import { NotAllowed } from '../../shared/errors.js';
import { limitsOf, type PacedChannel } from './daily-pace.js';

/** How much one person may do in a day: the agency's own rule. */
@Injectable()
export class DailyPace {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  limits(): Promise<Record<PacedChannel, number>> {
    return this.database.read(async (db) => limitsOf((await agencyClock(db)).dailyLimits));
  }

  /** @throws NotAllowed for others than managers */
  set(actor: Actor, limits: Record<PacedChannel, number>): Promise<void> {
    if (!runsAgency(actor)) throw new NotAllowed('managersOnly');
    return this.database.write(async (tx) => {
      await tx.run(sql`UPDATE agency SET daily_limits = ${JSON.stringify(limits)}`);
      await this.audit.record(tx, actor, {
        act: 'agency.paced',
        subjectType: 'user',
        details: { ...limits },
      });
    });
  }
}
