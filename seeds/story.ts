import type { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import { Database } from '../src/database/database.js';
import { integer, text } from '../src/database/rows.js';
import { Booking } from '../src/meetings/booking.service.js';
import { Deadlines } from '../src/meetings/deadlines.service.js';
import type { Channel } from '../src/outreach/touches/outcomes.js';
import { Ownership } from '../src/prospects/ownership/ownership.service.js';
import { Statuses } from '../src/prospects/status/status.service.js';
import { EnrolmentCare } from '../src/sequences/enrolments/enrolment-care.service.js';
import { Enrolments } from '../src/sequences/enrolments/enrolments.service.js';
import { StepOutcomes } from '../src/sequences/steps/step-outcomes.service.js';
import { Conflict, DomainError } from '../src/shared/errors.js';
import { MeetingStory } from './meeting-story.js';
import { isWorkday, Teller, workday } from './teller.js';

const NOTES = {
  interested: [
    'Sujet ouvert, budget prévu au printemps.',
    'Veut voir un cas comparable.',
    'Demande un échange avec son responsable technique.',
  ],
  later: [
    'Revenir après la clôture.',
    'En pleine réorganisation, reprendre contact.',
    'Budget déjà engagé cette année.',
  ],
  not_interested: ['Déjà équipé.', 'Pas de projet.', 'Ne souhaite pas donner suite.'],
  wrong_person: ['A changé de poste.', 'Renvoie vers la direction du site.'],
  replied: ['Demande une plaquette.'],
  do_not_contact: ['Ne souhaite plus être contacté.'],
} as const;

const STEP_RESULTS: Record<Channel, Record<string, number>> = {
  email: { sent: 96.5, bounced: 2.5, skipped: 1 },
  linkedin_invite: { sent: 66, accepted: 26, not_found: 6, skipped: 2 },
  linkedin_message: { sent: 90, not_connected: 8, skipped: 2 },
  call: { no_answer: 56, voicemail: 28, conversation: 11, wrong_number: 4, skipped: 1 },
  task: { done: 100 },
};

/** Half a year of one client's prospecting, told through the services, day after day. */
export class Story extends Teller {
  private readonly meetings = new MeetingStory(
    this.app,
    this.stage,
    this.agenda,
    this.dice,
    (prospectId, day, least, most) => this.takeUpAgain(prospectId, day, least, most),
  );

  /** Puts a working day's routine on the agenda; what it leads to joins it as it happens. */
  planDay(day: DateTime, isLast: boolean): void {
    if (day < this.stage.startsOn || !isWorkday(day)) return;
    if (day.weekday === 1) this.agenda.add(this.at(day, 8, 45), () => this.enrolSome());
    // Those of the last days wait for whoever opens the demo.
    if (!isLast) this.agenda.add(this.at(day, 8, 47), () => this.letColleaguesGoOn(day));
    this.agenda.add(this.at(day, 8, 50), () => this.planSteps(day, isLast));
    this.agenda.add(this.at(day, 18, 30), async () => {
      await this.get(Deadlines).acceptByLapse();
    });
  }

  private async enrolSome(): Promise<void> {
    const { clientId, sdr, sequenceId, pace } = this.stage;
    const fresh = await this.get(Database).read((db) =>
      db.rows(
        sql`SELECT id FROM prospect WHERE client_id = ${clientId} AND status = 'new' AND fit = 'fit' AND email IS NOT NULL
          ORDER BY fit_score DESC, id LIMIT ${pace.enrolledAWeek}`,
        { id: text },
      ),
    );
    const ids = fresh.map(({ id }) => id);
    if (ids.length === 0) return;
    await this.get(Ownership).assign(sdr, clientId, ids, sdr.userId);
    await this.get(Enrolments).enrol(sdr, sequenceId, ids);
  }

  /** Somebody of the company answered the other day: the SDR has thought about the others, and goes on with them. */
  private async letColleaguesGoOn(day: DateTime): Promise<void> {
    const yesterday = this.at(day.minus({ days: 1 }), 0, 0);
    const waiting = await this.get(Database).read((db) =>
      db.rows(
        sql`SELECT e.id FROM enrolment e WHERE e.client_id = ${this.stage.clientId} AND e.state = 'paused'
            AND e.reason = 'colleague_replied' AND NOT EXISTS (SELECT 1 FROM activity a
              WHERE a.prospect_id = e.prospect_id AND a.kind = 'enrolment.paused' AND a.at >= ${yesterday})
          ORDER BY e.id`,
        { id: text },
      ),
    );
    for (const { id } of waiting) await this.isDone(this.get(EnrolmentCare).resume(this.stage.sdr, id));
  }

  /** Spreads the steps that are due over the working day; the last one leaves some for this morning. */
  private async planSteps(day: DateTime, isLast: boolean): Promise<void> {
    const evening = this.at(day, 18, 0);
    const due = await this.get(Database).read((db) =>
      db.rows(
        sql`SELECT e.id, e.next_position, e.next_attempt, e.prospect_id FROM enrolment e
          WHERE e.client_id = ${this.stage.clientId} AND e.state = 'active' AND e.due_at <= ${evening}
          ORDER BY e.due_at, e.id LIMIT ${isLast ? 3 : this.stage.pace.stepsADay}`,
        { id: text, nextPosition: integer, nextAttempt: integer, prospectId: text },
      ),
    );
    due.forEach((task, index) => {
      const at = this.at(day, 9, 15 + Math.floor((index * 480) / Math.max(due.length, 1)));
      this.agenda.add(at, () => this.doStep(task, day));
    });
  }

  private async doStep(
    task: { id: string; nextPosition: number; nextAttempt: number; prospectId: string },
    day: DateTime,
  ): Promise<void> {
    const channel = await this.channelOf(task.id, task.nextPosition);
    if (channel === null) return;
    const result = this.dice.weighted(STEP_RESULTS[channel]);
    const outcome = { result, position: task.nextPosition, attempt: task.nextAttempt };
    if (!(await this.isDone(this.get(StepOutcomes).record(this.stage.sdr, task.id, outcome)))) return;
    const isWritten = result === 'sent' || result === 'accepted';
    if (result === 'conversation') await this.answer(task.prospectId, day, this.stage.temper.spoken);
    else if (isWritten && this.dice.hits(this.stage.temper.reply)) {
      const later = day.plus({ days: this.dice.whole(0, 3) });
      this.agenda.add(this.soon(later, this.dice.whole(10, 17), this.dice.whole(0, 59)), () =>
        this.answer(task.prospectId, later),
      );
    }
  }

  private async channelOf(enrolmentId: string, position: number): Promise<Channel | null> {
    const row = await this.get(Database).read((db) =>
      db.row(
        sql`SELECT v.steps FROM enrolment e JOIN sequence_version v ON v.id = e.sequence_version_id WHERE e.id = ${enrolmentId}`,
        { steps: (raw) => JSON.parse(String(raw)) as { channel: Channel }[] },
      ),
    );
    return row?.steps[position - 1]?.channel ?? null;
  }

  /** The person says something; what they say leads on. */
  private async answer(
    prospectId: string,
    day: DateTime,
    answers = this.stage.temper.answers,
  ): Promise<void> {
    const to = this.dice.weighted(answers);
    const until = to === 'later' ? workday(day.plus({ days: this.dice.whole(21, 75) })) : null;
    const note = this.dice.of(NOTES[to]);
    const change = {
      to,
      note,
      ...(until ? { until: until.toISODate()! } : {}),
      ...(to === 'do_not_contact' ? { reason: note } : {}),
    };
    if (!(await this.isDone(this.get(Statuses).change(this.stage.sdr, prospectId, change)))) return;
    if (to === 'interested') this.planInterest(prospectId, day);
    if (to === 'replied') this.takeUpAgain(prospectId, day, 4, 9);
    if (until)
      this.agenda.add(this.at(until, 10, this.dice.whole(0, 50)), () => this.answer(prospectId, until));
  }

  private planInterest(prospectId: string, day: DateTime): void {
    if (!this.dice.hits(this.stage.temper.booking)) {
      this.takeUpAgain(prospectId, day, 5, 12);
      return;
    }
    const bookingDay = workday(day.plus({ days: this.dice.whole(0, 3) }));
    const at = this.soon(bookingDay, 17, this.dice.whole(10, 55));
    this.agenda.add(at, () => this.book(prospectId, bookingDay));
  }

  /** Nobody stays without an answer for ever: after some days the SDR comes back to them. */
  private takeUpAgain(prospectId: string, day: DateTime, least: number, most: number): void {
    const on = workday(day.plus({ days: this.dice.whole(least, most) }));
    this.agenda.add(this.at(on, 11, this.dice.whole(0, 59)), () =>
      this.answer(prospectId, on, {
        interested: 0,
        later: 45,
        not_interested: 50,
        wrong_person: 3,
        replied: 0,
        do_not_contact: 2,
      }),
    );
  }

  private async book(prospectId: string, day: DateTime): Promise<void> {
    for (let tries = 0; tries < 6; tries += 1) {
      const on = workday(day.plus({ days: this.dice.whole(4, 13) }));
      const startsAt = on.set({ hour: this.dice.of([9, 10, 11, 14, 15, 16]), minute: this.dice.of([0, 30]) });
      const input = {
        startsAt: startsAt.toUTC().toISO()!,
        hostId: this.dice.of(this.stage.hostIds),
        place: 'Visioconférence',
      };
      try {
        const meeting = await this.get(Booking).book(this.stage.sdr, prospectId, input);
        this.meetings.planMeeting(meeting, startsAt);
        return;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (!(error instanceof Conflict)) break;
      }
    }
    this.takeUpAgain(prospectId, day, 3, 8);
  }
}
