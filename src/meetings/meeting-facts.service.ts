import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import type { Tx } from '../database/db.js';
import { word } from '../database/rows.js';
import { Facts } from '../prospects/facts.service.js';
import { Statuses } from '../prospects/status/status.service.js';
import type { MeetingState, QualificationState } from './meeting-moves.js';
import type { MeetingRow } from './meeting-row.js';
import { type MeetingEvent, MeetingNews } from './meeting.events.js';
import { standingOf } from './prospect-standing.js';

/** Something that happened to a meeting; `details` join those every meeting fact carries. */
export interface MeetingHappening {
  event: MeetingEvent;
  reason?: string | undefined;
  note?: string | undefined;
  details?: Record<string, unknown>;
}

/**
 * Writes what happened to a meeting, in the transaction that makes it happen: the facts, the prospect's status that
 * follows from them, the audit entry, and the news for the floors above.
 */
@Injectable()
export class MeetingFacts {
  constructor(
    private readonly facts: Facts,
    private readonly statuses: Statuses,
    private readonly audit: Audit,
  ) {}

  async record(
    tx: Tx,
    actor: Actor,
    meeting: MeetingRow,
    happenings: readonly MeetingHappening[],
  ): Promise<void> {
    const { id, prospectId, clientId } = meeting;
    for (const happening of happenings) {
      await this.append(tx, actor, meeting, happening);
      await this.audit.record(tx, actor, {
        act: `meeting.${happening.event}`,
        subjectType: 'meeting',
        subjectId: id,
        clientId,
      });
      tx.announce(new MeetingNews(happening.event, id, prospectId, clientId));
    }
    await this.followStatus(tx, actor, meeting);
  }

  private async append(
    tx: Tx,
    actor: Actor,
    meeting: MeetingRow,
    happening: MeetingHappening,
  ): Promise<void> {
    await this.facts.append(tx, actor, {
      prospectId: meeting.prospectId,
      clientId: meeting.clientId,
      kind: `meeting.${happening.event}`,
      channel: meeting.attribution?.channel ?? null,
      reason: happening.reason ?? null,
      note: happening.note ?? null,
      aboutId: meeting.id,
      details: {
        meetingId: meeting.id,
        engagementId: meeting.engagementId,
        startsAt: meeting.startsAt.toISOString(),
        ...happening.details,
      },
    });
  }

  /** The status says what all the meetings of the prospect, together, have come to. */
  private async followStatus(tx: Tx, actor: Actor, meeting: MeetingRow): Promise<void> {
    const meetings = await tx.rows(
      sql`SELECT state, qualification FROM meeting WHERE prospect_id = ${meeting.prospectId}`,
      { state: word<MeetingState>(), qualification: word<QualificationState>() },
    );
    await this.statuses.follow(tx, actor, meeting.prospectId, standingOf(meetings), { aboutId: meeting.id });
  }
}
