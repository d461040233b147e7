import type { INestApplicationContext } from '@nestjs/common';
import type { DateTime } from 'luxon';
import type { MeetingRow } from '../src/meetings/meeting-row.js';
import { Outcomes } from '../src/meetings/outcomes.service.js';
import { Qualification } from '../src/meetings/qualification.service.js';
import { Rescheduling } from '../src/meetings/rescheduling.service.js';
import type { Agenda } from './agenda.js';
import type { Dice } from './random.js';
import { type Stage, Teller, workday } from './teller.js';

/** What becomes of a meeting once it is booked: moved, missed, held, claimed, and the client's word on it. */
export class MeetingStory extends Teller {
  constructor(
    app: INestApplicationContext,
    stage: Stage,
    agenda: Agenda,
    dice: Dice,
    /** The SDR comes back to the person, that many days after. */
    private readonly takeUpAgain: (prospectId: string, day: DateTime, least: number, most: number) => void,
  ) {
    super(app, stage, agenda, dice);
  }

  /** Casts what becomes of the meeting and puts it on the agenda; `mayMove`: it has not been moved before. */
  planMeeting(meeting: MeetingRow, startsAt: DateTime, mayMove = true): void {
    const fate = this.dice.weighted(this.stage.temper.outcomes);
    const { sdr } = this.stage;
    const after = startsAt.plus({ hours: 1 }).toJSDate();
    const before = startsAt.minus({ hours: 18 }).toJSDate();
    const done = (work: () => Promise<unknown>) => async (): Promise<void> => {
      await this.isDone(work());
    };
    switch (fate) {
      case 'held':
        this.agenda.add(after, async () => {
          if (await this.isDone(this.get(Outcomes).hold(sdr, meeting.id, {})))
            this.planClaim(meeting.id, startsAt);
        });
        break;
      case 'no_show_guest':
      case 'no_show_host':
        this.agenda.add(
          after,
          done(() =>
            this.get(Outcomes).markNoShow(sdr, meeting.id, {
              by: fate === 'no_show_host' ? 'host' : 'guest',
            }),
          ),
        );
        this.takeUpAgain(meeting.prospectId, startsAt, 2, 6);
        break;
      case 'cancelled_guest':
      case 'cancelled_client':
        this.agenda.add(
          before,
          done(() =>
            this.get(Outcomes).cancel(sdr, meeting.id, {
              by: fate === 'cancelled_client' ? 'client' : 'guest',
            }),
          ),
        );
        this.takeUpAgain(meeting.prospectId, startsAt, 1, 5);
        break;
      case 'moved':
        if (mayMove) this.agenda.add(before, () => this.move(meeting, startsAt));
        else
          this.agenda.add(
            after,
            done(() => this.get(Outcomes).hold(sdr, meeting.id, {})),
          );
        break;
    }
  }

  private async move(meeting: MeetingRow, startsAt: DateTime): Promise<void> {
    const later = workday(startsAt.plus({ days: this.dice.whole(3, 9) }));
    const input = { startsAt: later.toUTC().toISO()!, reason: 'Empêchement de dernière minute' };
    const isMoved = await this.isDone(this.get(Rescheduling).reschedule(this.stage.sdr, meeting.id, input));
    this.planMeeting(meeting, isMoved ? later : startsAt, false);
  }

  private planClaim(meetingId: string, heldAt: DateTime): void {
    if (!this.dice.hits(this.stage.temper.claim)) return;
    const claimedOn = workday(heldAt.plus({ days: 1 }));
    this.agenda.add(this.at(claimedOn, 9, this.dice.whole(2, 12)), async () => {
      const claim = { criteria: this.stage.criteria, note: 'Besoin confirmé pendant l’échange.' };
      if (!(await this.isDone(this.get(Qualification).claim(this.stage.sdr, meetingId, claim)))) return;
      this.planVerdict(meetingId, claimedOn);
    });
  }

  private planVerdict(meetingId: string, claimedOn: DateTime): void {
    const verdict = this.dice.weighted(this.stage.temper.verdicts);
    const on = workday(claimedOn.plus({ days: this.dice.whole(1, 4) }));
    if (verdict === 'accept') {
      this.agenda.add(this.at(on, 11, this.dice.whole(0, 59)), async () => {
        await this.isDone(this.get(Qualification).accept(this.stage.portal, meetingId, {}));
      });
    }
    if (verdict === 'contest') {
      const contest = {
        criterion: this.dice.of(this.stage.criteria),
        text: 'Pas de projet avant deux ans d’après notre échange.',
      };
      this.agenda.add(this.at(on, 16, this.dice.whole(0, 59)), async () => {
        if (await this.isDone(this.get(Qualification).contest(this.stage.portal, meetingId, contest)))
          this.planAgreement(meetingId, on);
      });
    }
  }

  /** Most contests are talked over and taken back within the fortnight; what stays open is for the account manager. */
  private planAgreement(meetingId: string, contestedOn: DateTime): void {
    if (!this.dice.hits(0.75)) return;
    const on = workday(contestedOn.plus({ days: this.dice.whole(3, 12) }));
    this.agenda.add(this.at(on, 10, this.dice.whole(0, 59)), async () => {
      await this.isDone(this.get(Qualification).accept(this.stage.portal, meetingId, {}));
    });
  }
}
