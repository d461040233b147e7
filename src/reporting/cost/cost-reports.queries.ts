import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import type { Cents } from '../../shared/money.js';
import { dayOf, monthOf, type Period, periodOf } from '../../shared/period.js';
import { actualCost, type BilledEngagement, type BilledMeeting, type OwnSpending } from './actual-cost.js';
import { type Assumption, questionOf } from './assumption-sheet.js';
import { billedEngagements, billedMeetings } from './billed.queries.js';
import { costAnswer } from './cost-answer.js';
import { cheaperPerQualified, compareCosts } from './cost-model.js';
import { type CostReport, withoutPay } from './cost-report.js';
import { engagementFor, sheetOf } from './cost-sheet.queries.js';
import { maySeePay } from './cost.policy.js';

/** Days `YYYY-MM-DD` of the client; left out, the client's running month. */
export interface CostAsk {
  from?: string | undefined;
  to?: string | undefined;
}

interface Billing {
  engagements: BilledEngagement[];
  meetings: BilledMeeting[];
  own: OwnSpending;
  now: Date;
}

/** What a client pays and gets, planned and actual, beside an in-house SDR. */
@Injectable()
export class CostReports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A user of the client gets it without pay. @throws NotFound; InvalidInput naming `from` or `to` */
  report(actor: Actor, clientId: string, ask: CostAsk): Promise<CostReport> {
    return this.database.read(async (db) => {
      const client = await clientInSight(db, actor, clientId);
      const report = await this.reportOf(db, client, ask);
      return maySeePay(actor) ? report : withoutPay(report);
    });
  }

  /** The client with its assumptions in force. @throws NotFound, also for a user of the client */
  sheet(actor: Actor, clientId: string): Promise<{ client: Client; sheet: Assumption[] }> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      return { client, sheet: await sheetOf(db, client, this.clock.now()) };
    });
  }

  private async reportOf(db: Db, client: Client, ask: CostAsk): Promise<CostReport> {
    const now = this.clock.now();
    const period = askedPeriod(ask, client.timeZone, now);
    const agreed = await engagementFor(db, client, now);
    const sheet = await sheetOf(db, client, now);
    const question = questionOf(sheet, client.currency);
    const comparison = compareCosts(question);
    const billing: Billing = {
      engagements: await billedEngagements(db, client),
      meetings: await billedMeetings(db, client, ...reach(period, agreed?.engagement.startsOn)),
      own: question.agency,
      now,
    };
    const startsOn = agreed?.engagement.startsOn;
    return {
      clientId: client.id,
      clientName: client.name,
      from: period.fromOn,
      to: period.toOn,
      timeZone: client.timeZone,
      currency: client.currency,
      asOf: now,
      engagement: agreed && {
        startsOn: agreed.engagement.startsOn,
        endsOn: agreed.engagement.endsOn,
        version: agreed.terms.version,
      },
      actual: actualCost({ period, ...billing }),
      actualCumulativeCents: startsOn ? cumulative(startsOn, question.horizonMonths, client, billing) : [],
      plan: costAnswer(comparison),
      cheaper: cheaperPerQualified(comparison),
      assumptions: sheet,
    };
  }
}

async function clientInSight(db: Db, actor: Actor, id: string): Promise<Client> {
  const client = isId(id) && seesClient(actor, id) ? await db.entities.findOneBy(Client, { id }) : null;
  if (!client) throw new NotFound();
  return client;
}

const PROBLEMS = {
  to_invalid: 'isDateString',
  to_before_from: 'endsBeforeStart',
  too_long: 'periodTooLong',
} as const;

function askedPeriod({ from, to }: CostAsk, zone: string, now: Date): Period {
  const month = monthOf(now, zone);
  const period = periodOf(from ?? month.fromOn, to ?? month.toOn, zone);
  if (period === 'from_invalid') throw new InvalidInput({ from: 'isDateString' });
  if (typeof period === 'string') throw new InvalidInput({ to: PROBLEMS[period] });
  return period;
}

/** Meetings are read from the month the fees count from, or from the engagement's first month for the chart. */
function reach(period: Period, startsOn: string | undefined): [from: Date, before: Date] {
  const earliest = startsOn !== undefined && startsOn < period.fromOn ? startsOn : period.fromOn;
  const from = DateTime.fromISO(earliest, { zone: period.zone }).startOf('month').toJSDate();
  const start =
    startsOn === undefined
      ? period.endsAt
      : DateTime.fromISO(startsOn, { zone: period.zone }).plus({ years: 10 }).toJSDate();
  return [from, start > period.endsAt ? start : period.endsAt];
}

/** Actual cost at the end of each full month of the engagement so far. */
function cumulative(startsOn: string, horizonMonths: number, client: Client, billing: Billing): Cents[] {
  const today = dayOf(billing.now, client.timeZone);
  const totals: Cents[] = [];
  for (let month = 1; month <= horizonMonths; month += 1) {
    const end = DateTime.fromISO(startsOn, { zone: 'utc' }).plus({ months: month }).minus({ days: 1 });
    const toOn = end.toFormat('yyyy-MM-dd');
    if (toOn >= today) break;
    const period = periodOf(startsOn, toOn, client.timeZone);
    if (typeof period === 'string') break;
    totals.push(actualCost({ period, ...billing }).totalCents);
  }
  return totals;
}
