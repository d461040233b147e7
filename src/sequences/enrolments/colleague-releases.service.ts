import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';
import { Leases } from '../../outreach/leases.service.js';
import { Conflict, NotFound } from '../../shared/errors.js';
import { isId, newId } from '../../shared/id.js';
import { ColleagueRelease, type ReleaseAct } from './colleague-release.entity.js';
import { EnrolmentCare } from './enrolment-care.service.js';
import { ReleaseUndo } from './release-undo.service.js';

/** Why somebody was left waiting: they do not wait any more, somebody else has them open, or their words may not be sent. */
export type StillWaiting = 'not_waiting' | 'leased' | 'version_held';

export interface ReleaseResult {
  /** To take it back by; null when nobody was let go. */
  id: string | null;
  released: number;
  left: { enrolmentId: string; name: string; reason: StillWaiting }[];
}

const PERSON = { id: text, prospectId: text, fullName: text };

/** People who wait since a colleague answered, let go on or taken out together; each for themselves, so that one refused stops no other. */
@Injectable()
export class ColleagueReleases {
  constructor(
    private readonly database: Database,
    private readonly care: EnrolmentCare,
    private readonly leases: Leases,
    private readonly undoing: ReleaseUndo,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when none of them is in sight */
  async release(actor: Actor, act: ReleaseAct, enrolmentIds: readonly string[]): Promise<ReleaseResult> {
    const people = await this.database.read((db) =>
      db.rows(
        sql`SELECT e.id, e.prospect_id, p.full_name FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
            WHERE ${db.dialect.isAmong(sql`e.id`, enrolmentIds)} AND ${withinSight(actor, sql`e.client_id`)} ORDER BY p.id`,
        PERSON,
      ),
    );
    if (people.length === 0) throw new NotFound();
    const held = await this.leases.heldByOthers(
      actor,
      people.map(({ prospectId }) => prospectId),
    );
    const at = this.clock.now();
    const done: string[] = [];
    const left: ReleaseResult['left'] = [];
    for (const { id, prospectId, fullName: name } of people) {
      const reason = held.has(prospectId) ? 'leased' : await this.refusal(actor, act, id);
      if (reason === null) done.push(id);
      else left.push({ enrolmentId: id, name, reason });
    }
    return { id: await this.keep(actor, act, done, at), released: done.length, left };
  }

  /**
   * Those nothing has happened to since wait again. Gives one of them.
   * @throws NotFound for another's; Conflict when something happened to all of them
   */
  async undo(actor: Actor, releaseId: string): Promise<{ prospectId: string; undone: number }> {
    const release = isId(releaseId)
      ? await this.database.read((db) =>
          db.entities.findOneBy(ColleagueRelease, { id: releaseId, userId: actor.userId }),
        )
      : null;
    if (!release) throw new NotFound();
    const undone: string[] = [];
    for (const enrolmentId of release.enrolmentIds) {
      const prospectId = await this.undoing.takeBack(actor, release, enrolmentId);
      if (prospectId !== null) undone.push(prospectId);
    }
    const [prospectId] = undone;
    if (prospectId === undefined) throw new Conflict('prospects.nothingToUndo');
    const now = this.clock.now();
    await this.database.write((tx) =>
      tx.run(sql`UPDATE colleague_release SET undone_at = ${now} WHERE id = ${releaseId}`),
    );
    return { prospectId, undone: undone.length };
  }

  /** Null: it is done. */
  private async refusal(actor: Actor, act: ReleaseAct, enrolmentId: string): Promise<StillWaiting | null> {
    try {
      await this.care.release(actor, enrolmentId, act);
      return null;
    } catch (error) {
      if (error instanceof NotFound) return 'not_waiting';
      if (!(error instanceof Conflict)) throw error;
      return error.code === 'sequences.versionHeld' ? 'version_held' : 'not_waiting';
    }
  }

  private async keep(
    actor: Actor,
    act: ReleaseAct,
    enrolmentIds: string[],
    at: Date,
  ): Promise<string | null> {
    if (enrolmentIds.length === 0) return null;
    const release = { id: newId(), userId: actor.userId, act, at, enrolmentIds, undoneAt: null };
    await this.database.write((tx) => tx.entities.insert(ColleagueRelease, release));
    return release.id;
  }
}
