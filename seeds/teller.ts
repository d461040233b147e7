import type { INestApplicationContext, Type } from '@nestjs/common';
import type { DateTime } from 'luxon';
import { AccessQueries } from '../src/accounts/access.queries.js';
import type { Actor } from '../src/accounts/actor.js';
import { Clock } from '../src/clock/clock.service.js';
import { isBusinessDay } from '../src/shared/business-days.js';
import { DomainError } from '../src/shared/errors.js';
import type { Agenda } from './agenda.js';
import type { Temper } from './cast.js';
import type { Dice } from './random.js';

/** The demo's client as it stands in the database, and who works for it. */
export interface Stage {
  clientId: string;
  sequenceId: string;
  hostIds: string[];
  sdr: Actor;
  portal: Actor;
  criteria: string[];
  temper: Temper;
  pace: { enrolledAWeek: number; stepsADay: number };
  startsOn: DateTime;
}

const ZONE = 'Europe/Paris';

/** What everybody needs who tells a part of a client's story. */
export class Teller {
  constructor(
    protected readonly app: INestApplicationContext,
    protected readonly stage: Stage,
    protected readonly agenda: Agenda,
    protected readonly dice: Dice,
  ) {}

  /** The past had its refusals too: a person who moved on meanwhile, a step that was over. */
  protected async isDone(act: Promise<unknown>): Promise<boolean> {
    try {
      await act;
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  protected at(day: DateTime, hour: number, minute: number): Date {
    return day.setZone(ZONE).startOf('day').plus({ hours: hour, minutes: minute }).toJSDate();
  }

  /** That time of the day; in seven minutes when the story is past it already. */
  protected soon(day: DateTime, hour: number, minute: number): Date {
    const at = this.at(day, hour, minute);
    const now = this.get(Clock).now();
    return at <= now ? new Date(now.getTime() + 7 * 60_000) : at;
  }

  protected get<T>(service: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(service, { strict: false });
  }
}

export async function actorOf(app: INestApplicationContext, userId: string): Promise<Actor> {
  const actor = await app.get(AccessQueries, { strict: false }).actorOfUser(userId);
  if (actor === null) throw new Error(`No active person ${userId}`);
  return actor;
}

/** Where the agency and its clients are. */
const COUNTRY = 'FR';

export function isWorkday(day: DateTime): boolean {
  return isBusinessDay(day.toISODate()!, COUNTRY);
}

/** The day itself, or the first working day after it, at the same hour. */
export function workday(day: DateTime): DateTime {
  return isWorkday(day) ? day : workday(day.plus({ days: 1 }));
}

/** The day itself, or the last working day before it. */
export function workdayBefore(day: DateTime): DateTime {
  return isWorkday(day) ? day : workdayBefore(day.minus({ days: 1 }));
}
