import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { instant, maybe, text, type RowOf } from '../../database/rows.js';
import {
  MailThreads,
  MOST_MAILS,
  type ThreadMailLine,
} from '../../outreach/incoming/mail-threads.queries.js';
import type { ProspectDetail } from '../../prospects/prospects.queries.js';
import type { WhyWaiting } from '../../sequences/engine/why-waiting.js';
import { type OpenSequence, OpenSequences } from '../../sequences/enrolments/open-sequences.queries.js';
import { WhyWaitings } from '../../sequences/engine/why-waiting.queries.js';

const ENROLMENT = {
  id: text,
  sequenceId: text,
  sequenceName: text,
  state: text,
  reason: maybe(text),
  enrolledAt: instant,
};
const MEETING = { id: text, startsAt: instant, state: text, hostName: text };

/** What the rooms above know of a prospect. */
export interface ProspectContext {
  /** `why`: what an open one waits for; null once it is over. */
  enrolments: (RowOf<typeof ENROLMENT> & {
    why: WhyWaiting | null;
  })[];
  meetings: RowOf<typeof MEETING>[];
  /** What they can be enrolled in. */
  openSequences: OpenSequence[];
  /** What was written and what came back, oldest first. */
  mails: ThreadMailLine[];
}

@Injectable()
export class ProspectContexts {
  constructor(
    private readonly database: Database,
    private readonly whys: WhyWaitings,
    private readonly threads: MailThreads,
    private readonly sequences: OpenSequences,
  ) {}

  /** For a prospect that has been found in the actor's sight; enrolments and meetings the latest first. */
  async of(actor: Actor, { id, clientId }: ProspectDetail): Promise<ProspectContext> {
    const { enrolments, meetings } = await this.database.read(async (db) => ({
      enrolments: await db.rows(
        sql`SELECT e.id, e.sequence_id, s.name AS sequence_name, e.state, e.reason, e.enrolled_at
          FROM enrolment e JOIN sequence s ON s.id = e.sequence_id WHERE e.prospect_id = ${id}
          ORDER BY e.enrolled_at DESC, e.id DESC LIMIT 10`,
        ENROLMENT,
      ),
      meetings: await db.rows(
        sql`SELECT m.id, m.starts_at, m.state, c.name AS host_name FROM meeting m JOIN contact c ON c.id = m.host_id
          WHERE m.prospect_id = ${id} ORDER BY m.starts_at DESC, m.id DESC LIMIT 10`,
        MEETING,
      ),
    }));
    const whys = await this.whys.of(
      actor,
      clientId,
      enrolments.map((one) => one.id),
    );
    return {
      enrolments: enrolments.map((one) => ({ ...one, why: whys.get(one.id) ?? null })),
      meetings,
      openSequences: await this.sequences.of(actor, clientId),
      mails: await this.threads.of(actor, id, MOST_MAILS),
    };
  }
}
