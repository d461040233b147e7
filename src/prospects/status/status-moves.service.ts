import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { withinSight } from '../../accounts/sight.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { instant, integer, maybe, text, word, type RowOf } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { Facts } from '../facts.service.js';
import { type Deed, standingBefore } from './last-deed.queries.js';
import { peopleWhere } from '../suppression/named-people.queries.js';
import { ProspectStatusChanged } from '../prospect.events.js';
import { StatusNews } from './status-news.service.js';
import type { ProspectStatus } from './status.js';
import { personalKeys } from '../suppression/suppression-keys.js';
import { Suppressions } from '../suppression/suppressions.service.js';

const STANDING = {
  id: text,
  clientId: text,
  status: word<ProspectStatus>(),
  statusAt: instant,
  statusUntil: maybe(text),
  callbackAt: maybe(instant),
  createdAt: instant,
  version: integer,
};
export type Standing = RowOf<typeof STANDING>;

const KEYS = { email: maybe(text), phone: maybe(text), mobilePhone: maybe(text), linkedinUrl: maybe(text) };

/** A prospect after a move; `factId` null when nothing changed. */
export interface StatusNow {
  id: string;
  clientId: string;
  status: ProspectStatus;
  statusAt: Date;
  statusUntil: string | null;
  version: number;
  factId: string | null;
}

export interface Move {
  to: ProspectStatus;
  /** When it happened, if not now. */
  at?: Date;
  /** Since when the prospect stands there, if not since the move. */
  statusAt?: Date;
  /** `later`: the day to come back on. */
  until?: string | null;
  /** `later`: the moment to call, when an hour was agreed. */
  callbackAt?: Date | null;
  reason?: string | null | undefined;
  note?: string | null | undefined;
  /** The meeting, touch or enrolment it follows from. */
  aboutId?: string | null;
  undoesId?: string;
  details?: Record<string, unknown>;
  /** `do_not_contact` because an entry says so: nothing more goes on a list. */
  isListed?: boolean;
}

/** Makes a move that has been found legal: five statements, whoever asks for it. */
@Injectable()
export class StatusMoves {
  constructor(
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly facts: Facts,
    private readonly suppressions: Suppressions,
    private readonly news: StatusNews,
  ) {}

  /** The prospect, held until the transaction ends. Without an actor it has been found already. */
  async standingOf(tx: Tx, actor: Actor | null, prospectId: string): Promise<Standing> {
    const sight = actor === null ? empty : sql` AND ${withinSight(actor, sql`client_id`)}`;
    const standing = isId(prospectId)
      ? await tx.row(
          sql`SELECT id, client_id, status, status_at, status_until, callback_at, created_at, version
            FROM prospect WHERE id = ${prospectId}${sight}${tx.dialect.forUpdate}`,
          STANDING,
        )
      : null;
    if (standing === null) throw new NotFound();
    return standing;
  }

  async make(tx: Tx, actor: Actor, from: Standing, move: Move): Promise<StatusNow> {
    const { to, until = null, callbackAt = null } = move;
    const at = move.at ?? this.clock.now();
    const statusAt = move.statusAt ?? at;
    await tx.run(sql`UPDATE prospect SET status = ${to}, status_at = ${statusAt}, status_until = ${until},
        callback_at = ${callbackAt}, last_activity_at = CASE WHEN last_activity_at < ${at} THEN ${at} ELSE last_activity_at END,
        version = version + 1 WHERE id = ${from.id}`);
    const factId = await this.record(tx, actor, from, { ...move, at });
    if (to !== from.status)
      await this.news.tell(
        tx,
        new ProspectStatusChanged(from.id, from.clientId, from.status, to, factId, move.undoesId ?? null),
      );
    const { id, clientId, version } = from;
    return { id, clientId, status: to, statusAt, statusUntil: until, version: version + 1, factId };
  }

  /**
   * Back to where the prospect stood before its last deed, which was a move; what it put on the list is lifted. Null:
   * another entry covers the person by now, and they stay `do_not_contact`.
   */
  async takeBack(tx: Tx, actor: Actor, standing: Standing, deed: Deed): Promise<StatusNow | null> {
    await this.liftEntries(tx, actor, standing, deed.suppressionIds);
    if (await this.isHeld(tx, standing)) return null;
    const before = await standingBefore(tx, standing.id);
    return this.make(tx, actor, standing, {
      to: deed.fromStatus,
      until: before?.until ?? null,
      callbackAt: before?.callbackAt ?? null,
      at: this.clock.now(),
      statusAt: before?.at ?? standing.createdAt,
      undoesId: deed.id,
    });
  }

  /** Whether somebody who is not to be contacted is on a list, for every channel. */
  async isHeld(tx: Tx, { id, clientId, status }: Standing): Promise<boolean> {
    if (status !== 'do_not_contact') return false;
    const people = await peopleWhere(tx, sql`p.id = ${id}`);
    const covering = await this.suppressions.covering(tx, clientId, people);
    return (covering.get(id) ?? []).some(({ channels }) => channels === null);
  }

  /** Lifts entries a move made, when the move is taken back; one that gave way to another word is over already. */
  async liftEntries(tx: Tx, actor: Actor, from: Standing, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const lifted = await tx.run(sql`UPDATE suppression SET removed_at = ${this.clock.now()},
        removed_by = ${actor.userId || null}, removed_reason = 'undo' WHERE id = ${id} AND removed_at IS NULL`);
      if (lifted === 0) continue;
      const { clientId } = from;
      const subject = { subjectType: 'suppression', subjectId: id, clientId };
      await this.audit.record(tx, actor, {
        act: 'suppression.lifted',
        ...subject,
        details: { reason: 'undo' },
      });
    }
  }

  private async record(tx: Tx, actor: Actor, from: Standing, move: Move): Promise<string> {
    const { to, until, undoesId } = move;
    const details: Record<string, unknown> = { ...move.details };
    if (until) details['until'] = until;
    if (move.callbackAt) details['callbackAt'] = move.callbackAt.toISOString();
    if (to === 'do_not_contact' && from.status !== to && undoesId === undefined && !move.isListed)
      details['suppressionIds'] = await this.oppose(tx, actor, from, move.reason);
    const factId = await this.facts.write(tx, actor, {
      prospectId: from.id,
      clientId: from.clientId,
      kind: undoesId === undefined ? 'status' : 'undo',
      at: move.at,
      fromStatus: from.status,
      toStatus: to,
      reason: move.reason,
      note: move.note,
      aboutId: move.aboutId,
      undoesId,
      details: Object.keys(details).length === 0 ? null : details,
    });
    await this.audit.record(tx, actor, {
      act: undoesId === undefined ? 'prospect.status' : 'prospect.undo',
      subjectType: 'prospect',
      subjectId: from.id,
      clientId: from.clientId,
      details: { from: from.status, to },
    });
    return factId;
  }

  /** An opposition outlives the prospect: all that stands for the person goes on the client's list. */
  private async oppose(tx: Tx, actor: Actor, from: Standing, reason: Move['reason']): Promise<string[]> {
    const person = await tx.row(
      sql`SELECT email, phone, mobile_phone, linkedin_url FROM prospect WHERE id = ${from.id}`,
      KEYS,
    );
    return this.suppressions.enter(tx, actor, {
      clientId: from.clientId,
      keys: personalKeys(person!),
      reason: reason || 'do_not_contact',
      source: 'status',
    });
  }
}
