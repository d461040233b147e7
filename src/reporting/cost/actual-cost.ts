import { DateTime } from 'luxon';
import { versionOn } from '../../clients/engagement-period.js';
import type { PriceTerms } from '../../clients/engagement-terms.js';
import { daysAfter } from '../../shared/calendar-day.js';
import { type Cents, centsTimes, Exact, type Quantity, roundToCents, sumCents } from '../../shared/money.js';
import { dayOf, monthsOf, type Period, periodOf } from '../../shared/period.js';
import { unitCost } from './cost-months.js';
import { type CountedMeeting, countsAs, dateOf } from '../facts/meeting-facets.js';

export const ACTUAL_LINES = ['setup', 'retainer', 'days', 'fee', 'tools', 'coordination'] as const;
export type ActualLine = (typeof ACTUAL_LINES)[number];

/** An engagement with the terms of each of its versions. */
export interface BilledEngagement {
  startsOn: string;
  endsOn: string | null;
  versions: readonly { version: number; appliesFromOn: string; price: PriceTerms }[];
}

/** A meeting with the terms frozen on it at booking; null: booked outside any engagement, so never billed. */
export interface BilledMeeting extends CountedMeeting {
  price: PriceTerms | null;
}

/** What the client spends around the agency, per month: from the assumptions, for no invoice says it. */
export interface OwnSpending {
  toolsCents: Cents;
  coordinationHours: Quantity;
  coordinationHourCents: Cents;
}

export interface ActualCost {
  lines: Record<ActualLine, Cents>;
  totalCents: Cents;
  /** Booked by the day of booking; held and qualified by the day of the meeting (reporting.md §2). */
  booked: number;
  held: number;
  qualified: number;
  costPerBookedCents: Cents | null;
  costPerHeldCents: Cents | null;
  costPerQualifiedCents: Cents | null;
}

/**
 * What a period cost the client up to `now`, and what it got. Monthly amounts are shared out by calendar days, each
 * line rounded so that the parts of a month add up to the month; `meetings` must reach back to the first day of the
 * period's first month, because included units and caps are counted by month.
 */
export function actualCost(asked: {
  period: Period;
  engagements: readonly BilledEngagement[];
  meetings: readonly BilledMeeting[];
  own: OwnSpending;
  now: Date;
}): ActualCost {
  const { engagements, meetings, own, now } = asked;
  const period = untilToday(asked.period, now);
  const lines: Record<ActualLine, Cents> = {
    setup: 0,
    retainer: 0,
    days: 0,
    fee: 0,
    tools: 0,
    coordination: 0,
  };
  if (period) {
    for (const engagement of engagements) addEngagement(lines, engagement, period, own);
    lines.fee = feesIn(period, meetings, now);
  }
  const totalCents = sumCents(Object.values(lines));
  const count = (facet: 'booked' | 'held' | 'qualified'): number =>
    meetings.filter((one) => countsAs(facet, one, now) && isIn(asked.period, dateOf(facet, one))).length;
  const [booked, held, qualified] = [count('booked'), count('held'), count('qualified')];
  return {
    lines,
    totalCents,
    booked,
    held,
    qualified,
    costPerBookedCents: unitCost(totalCents, new Exact(booked)),
    costPerHeldCents: unitCost(totalCents, new Exact(held)),
    costPerQualifiedCents: unitCost(totalCents, new Exact(qualified)),
  };
}

/** The running month is billed for the days gone by, or its meetings would look dear until its last evening. */
function untilToday(period: Period, now: Date): Period | null {
  const today = dayOf(now, period.zone);
  if (today >= period.toOn) return period;
  const cut = periodOf(period.fromOn, today, period.zone);
  return typeof cut === 'string' ? null : cut;
}

function addEngagement(
  lines: Record<ActualLine, Cents>,
  engagement: BilledEngagement,
  period: Period,
  own: OwnSpending,
): void {
  const fromOn = later(period.fromOn, engagement.startsOn);
  const toOn = engagement.endsOn === null ? period.toOn : earlier(period.toOn, engagement.endsOn);
  const span = periodOf(fromOn, toOn, period.zone);
  if (typeof span === 'string') return;
  for (const piece of monthsOf(span).flatMap((month) => cutAt(month, engagement.versions))) {
    const price = versionOn(engagement.versions, piece.fromOn)?.price;
    if (!price) continue;
    if (piece.fromOn === engagement.startsOn) lines.setup += price.setupCents;
    lines.retainer += shareOfMonth(price.retainerCents, piece);
    lines.days += shareOfMonth(centsTimes(price.dayRateCents, price.daysPerMonth), piece);
    lines.tools += shareOfMonth(own.toolsCents, piece);
    lines.coordination += shareOfMonth(centsTimes(own.coordinationHourCents, own.coordinationHours), piece);
  }
}

/** A month in which terms change is billed in two parts. */
function cutAt(month: Period, versions: BilledEngagement['versions']): Period[] {
  const days = versions.map(({ appliesFromOn }) => appliesFromOn);
  const starts = [
    ...new Set([month.fromOn, ...days.filter((day) => month.fromOn < day && day <= month.toOn)]),
  ];
  starts.sort();
  return starts.flatMap((fromOn, index) => {
    const next = starts[index + 1];
    const part = periodOf(fromOn, next === undefined ? month.toOn : daysAfter(next, -1), month.zone);
    return typeof part === 'string' ? [] : [part];
  });
}

/** The part of a monthly amount that falls on the days of `piece`: what is due by its end less what was due before. */
function shareOfMonth(cents: Cents, piece: Period): Cents {
  const first = DateTime.fromISO(piece.fromOn, { zone: 'utc' });
  const daysInMonth = first.daysInMonth!;
  const dueBy = (day: number): Cents => roundToCents(new Exact(cents).times(day).dividedBy(daysInMonth));
  return dueBy(DateTime.fromISO(piece.toOn, { zone: 'utc' }).day) - dueBy(first.day - 1);
}

/** Fees of the meetings delivered in the period, each under the terms frozen on it, month by month. */
function feesIn(period: Period, meetings: readonly BilledMeeting[], now: Date): Cents {
  const units = meetings
    .flatMap((meeting) =>
      meeting.price && isDelivered(meeting, meeting.price, now) ? [unitOf(meeting, meeting.price)] : [],
    )
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  const months = new Map<string, { units: number; feeCents: Cents }>();
  let fees = 0;
  for (const { at, price } of units) {
    const key = dayOf(at, period.zone).slice(0, 7);
    const before = months.get(key) ?? { units: 0, feeCents: 0 };
    const after = { units: before.units + 1, feeCents: before.feeCents };
    if (after.units > price.includedUnits) {
      const partly = Exact.min(1, new Exact(after.units).minus(price.includedUnits));
      const wanted = before.feeCents + centsTimes(price.feePerUnitCents, partly);
      after.feeCents = Math.max(before.feeCents, Math.min(price.feeCapCents ?? wanted, wanted));
    }
    months.set(key, after);
    if (isIn(period, at)) fees += after.feeCents - before.feeCents;
  }
  return fees;
}

function unitOf(meeting: BilledMeeting, price: PriceTerms): { at: Date; price: PriceTerms } {
  return { at: dateOf(price.feeBasis, meeting), price };
}

/** A meeting the client's own host missed counts as delivered by the agency (product.md §1). */
function isDelivered(meeting: BilledMeeting, price: PriceTerms, now: Date): boolean {
  if (price.feeBasis === 'held' && meeting.state === 'no_show_host') return true;
  return countsAs(price.feeBasis, meeting, now);
}

function isIn(period: Period, at: Date): boolean {
  return period.startsAt <= at && at < period.endsAt;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
