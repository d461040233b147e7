import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, maybe, text } from '../../database/rows.js';
import { Facts } from '../../prospects/facts.service.js';
import { lastDeedOf } from '../../prospects/status/last-deed.queries.js';
import { StatusMoves } from '../../prospects/status/status-moves.service.js';
import { lockEnrolment } from '../steps/step-outcomes.service.js';
import type { ColleagueRelease } from './colleague-release.entity.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import type { Enrolment } from './enrolment.entity.js';

const WAITING = {
  state: 'paused',
  reason: 'colleague_replied',
  pausedUntil: null,
  finishedAt: null,
} as const;

/** Somebody let go on, or taken out, waits for a person's word again. */
@Injectable()
export class ReleaseUndo {
  constructor(
    private readonly database: Database,
    private readonly facts: Facts,
    private readonly moves: StatusMoves,
    private readonly ends: EnrolmentEnds,
  ) {}

  /** Gives whose enrolment it is; null where anything happened since, or a mail went out: it stays as it is. */
  takeBack(
    actor: Actor,
    { act, at }: Pick<ColleagueRelease, 'act' | 'at'>,
    enrolmentId: string,
  ): Promise<string | null> {
    return this.database.write(async (tx) => {
      const enrolment = await lockEnrolment(tx, actor, enrolmentId);
      const { clientId, prospectId } = enrolment;
      const told = await lastToldOf(tx, enrolment);
      const isOurs = told?.userId === actor.userId && told.at >= at;
      const wanted = act === 'resume' ? 'enrolment.resumed' : 'enrolment.finished';
      if (!isOurs || told.kind !== wanted || (await isTouchedSince(tx, enrolment, told.id))) return null;
      const deed = await lastDeedOf(tx, prospectId);
      // Whoever is taken out may have been left in no sequence, which their status says.
      const isMoved = deed?.kind === 'status' && deed.id === told.statusId;
      if (!isMoved && deed?.id !== told.id) return null;
      if (isMoved)
        await this.moves.takeBack(tx, actor, await this.moves.standingOf(tx, null, prospectId), deed);
      await this.facts.append(tx, actor, {
        ...{ clientId, prospectId, kind: 'undo', undoesId: told.id, aboutId: enrolment.id },
      });
      await this.ends.goOn(tx, actor, Object.assign(enrolment, WAITING));
      return prospectId;
    });
  }
}

const TOLD = { id: text, kind: text, userId: maybe(text), at: instant, statusId: maybe(text) };

/** The last thing its history says of an enrolment, with the status that followed from it. */
function lastToldOf(db: Db, { id, prospectId }: Enrolment) {
  return db.row(
    sql`SELECT a.id, a.kind, a.user_id, a.recorded_at AS at, (SELECT MAX(s.id) FROM activity s
          WHERE s.prospect_id = a.prospect_id AND s.kind = 'status' AND s.about_id = a.about_id AND s.id > a.id) AS status_id
        FROM activity a WHERE a.prospect_id = ${prospectId} AND a.about_id = ${id} AND a.kind LIKE 'enrolment.%'
          AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)
        ORDER BY a.id DESC LIMIT 1`,
    TOLD,
  );
}

/** By the order of ids: a tick of the engine may have begun before. */
async function isTouchedSince(db: Db, { id }: Enrolment, factId: string): Promise<boolean> {
  const touch = await db.row(
    sql`SELECT id FROM touch WHERE enrolment_id = ${id} AND id > ${factId} LIMIT 1`,
    { id: text },
  );
  return touch !== null;
}
