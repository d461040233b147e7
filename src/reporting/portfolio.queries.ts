import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { type Actor, isManager } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import type { Targets } from '../clients/engagement.entity.js';
import { engagementOn } from '../clients/engagement-period.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { instant, json, maybe, text, word } from '../database/rows.js';
import type { MeetingState, QualificationState } from '../meetings/meeting-moves.js';
import { NotAllowed } from '../shared/errors.js';
import { type Period, dayOf, daysElapsed, isWithin, monthOf, periodOf } from '../shared/period.js';
import { type CountedMeeting, countsAs } from './facts/meeting-facets.js';
import {
  type MonthSoFar,
  type Pace,
  type PaceState,
  paceOf,
  paceStates,
  reasonOf,
  shortfallOf,
  worstOf,
} from './pace.js';

/** One client as its account manager sees it among the others. */
export interface PortfolioClient {
  clientId: string;
  name: string;
  isOff: boolean;
  /** First day of the month judged, in the client's zone. */
  monthOn: string;
  state: PaceState;
  /** The target that decides the state; null without one. */
  reason: Pace | null;
  paces: Pace[];
  hasEngagement: boolean;
  /** Held meetings the client has not decided on yet, whenever they were held. */
  pending: number;
  /** Claims the client contested and has not taken back: to be settled between the two. */
  contested: number;
  /** Booked for later, without limit. */
  upcoming: number;
  /** Meetings held in each of the last six months, the running one last. */
  heldByMonth: { monthOn: string; held: number }[];
}

const MONTHS = 6;

interface ClientRow {
  id: string;
  name: string;
  timeZone: string;
  switchedOffAt: Date | null;
}

interface AgreedTargets {
  id: string;
  clientId: string;
  startsOn: string;
  endsOn: string | null;
  targets: Targets;
}

type ClientMeeting = CountedMeeting & { clientId: string };

/** All clients of an account manager, worst first. */
@Injectable()
export class Portfolio {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotAllowed for whoever manages no clients */
  async clients(actor: Actor): Promise<PortfolioClient[]> {
    if (!isManager(actor)) throw new NotAllowed();
    const now = this.clock.now();
    const { clients, engagements, meetings } = await this.database.read((db) => this.load(db, actor, now));
    return clients
      .map((client) =>
        standing(
          client,
          engagements.filter(({ clientId }) => clientId === client.id),
          meetings.get(client.id) ?? [],
          now,
        ),
      )
      .sort(worstFirst);
  }

  /** The month of the one client somebody of its own sees: as its account manager reads it. */
  async ownPaces(actor: Actor): Promise<Pace[]> {
    const now = this.clock.now();
    const { clients, engagements, meetings } = await this.database.read((db) => this.load(db, actor, now));
    const [client] = clients;
    return client ? standing(client, engagements, meetings.get(client.id) ?? [], now).paces : [];
  }

  private async load(db: Db, actor: Actor, now: Date) {
    const clients = await db.rows<ClientRow>(
      sql`SELECT id, name, time_zone, switched_off_at FROM client WHERE ${withinSight(actor, sql`id`)}`,
      { id: text, name: text, timeZone: text, switchedOffAt: maybe(instant) },
    );
    const ids = clients.map(({ id }) => id);
    if (ids.length === 0) return { clients, engagements: [], meetings: new Map<string, ClientMeeting[]>() };
    const engagements = await db.rows<AgreedTargets>(
      sql`SELECT e.id, e.client_id, e.starts_on, e.ends_on, v.targets FROM engagement e
          JOIN engagement_version v ON v.engagement_id = e.id AND v.version = e.version
          WHERE e.client_id IN (${join(ids)})`,
      { id: text, clientId: text, startsOn: text, endsOn: maybe(text), targets: json<Targets>() },
    );
    const since = new Date(now.getTime() - (MONTHS + 1) * 31 * 86_400_000);
    const rows = await db.rows<ClientMeeting>(
      sql`SELECT client_id, state, qualification, booked_at, starts_at FROM meeting
          WHERE client_id IN (${join(ids)}) AND starts_at >= ${since}`,
      {
        ...{ clientId: text, state: word<MeetingState>(), qualification: word<QualificationState>() },
        ...{ bookedAt: instant, startsAt: instant },
      },
    );
    const meetings = new Map<string, ClientMeeting[]>(ids.map((id) => [id, []]));
    for (const row of rows) meetings.get(row.clientId)!.push(row);
    return { clients, engagements, meetings };
  }
}

function standing(
  client: ClientRow,
  engagements: readonly AgreedTargets[],
  meetings: readonly ClientMeeting[],
  now: Date,
): PortfolioClient {
  const month = monthOf(now, client.timeZone);
  const engagement = engagementOn(engagements, dayOf(now, client.timeZone));
  const paces = engagement ? pacesOf(engagement, month, meetings, now) : [];
  const count = (facet: 'pending' | 'contested' | 'upcoming'): number =>
    meetings.filter((meeting) => countsAs(facet, meeting, now)).length;
  const isOff = client.switchedOffAt !== null;
  return {
    clientId: client.id,
    name: client.name,
    isOff,
    monthOn: month.fromOn,
    state: isOff ? 'no_target' : worstOf(paces),
    reason: isOff ? null : reasonOf(paces),
    paces,
    hasEngagement: engagement !== null,
    pending: count('pending'),
    contested: count('contested'),
    upcoming: count('upcoming'),
    heldByMonth: lastMonths(now, client.timeZone).map((one) => ({
      monthOn: one.fromOn,
      held: meetings.filter((meeting) => isWithin(one, meeting.startsAt) && countsAs('held', meeting, now))
        .length,
    })),
  };
}

function pacesOf(
  engagement: AgreedTargets,
  month: Period,
  meetings: readonly ClientMeeting[],
  now: Date,
): Pace[] {
  const inMonth = meetings.filter(({ startsAt }) => isWithin(month, startsAt));
  const count = (facet: 'held' | 'qualified' | 'pending' | 'unclaimed' | 'upcoming' | 'unreported'): number =>
    inMonth.filter((meeting) => countsAs(facet, meeting, now)).length;
  const sofar = monthSoFar(engagement, month, now);
  const booked = count('upcoming') + count('unreported');
  return [
    paceOf('held', engagement.targets.held, sofar, { count: count('held'), ahead: booked }),
    paceOf('qualified', engagement.targets.qualified, sofar, {
      count: count('qualified'),
      ahead: booked + count('pending') + count('unclaimed'),
    }),
  ].filter(({ target }) => target > 0);
}

/** The days of the month the engagement covers: it may begin or end within. */
function monthSoFar(engagement: AgreedTargets, month: Period, now: Date): MonthSoFar {
  const from = engagement.startsOn > month.fromOn ? engagement.startsOn : month.fromOn;
  const to = engagement.endsOn !== null && engagement.endsOn < month.toOn ? engagement.endsOn : month.toOn;
  const running = periodOf(from, to, month.zone);
  const { total: monthDays } = daysElapsed(month, now);
  if (typeof running === 'string') return { runningDays: 0, monthDays, elapsedDays: 0 };
  const { elapsed, total } = daysElapsed(running, now);
  return { runningDays: total, monthDays, elapsedDays: elapsed };
}

function lastMonths(now: Date, zone: string): Period[] {
  return Array.from({ length: MONTHS }, (_, index) => monthOf(now, zone, index + 1 - MONTHS));
}

function worstFirst(one: PortfolioClient, other: PortfolioClient): number {
  return (
    Number(one.isOff) - Number(other.isOff) ||
    paceStates.indexOf(one.state) - paceStates.indexOf(other.state) ||
    shortfallOf(other.paces) - shortfallOf(one.paces) ||
    one.name.localeCompare(other.name)
  );
}
