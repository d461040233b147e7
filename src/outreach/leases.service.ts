import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { SignedOut } from '../accounts/accounts.events.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { instant, text, type RowOf } from '../database/rows.js';
import { requireSeen } from '../prospects/notes/seen-prospect.queries.js';
import { Conflict } from '../shared/errors.js';

/** A lease that nobody renews is over after this; an open page renews it well before. */
export const LEASE_SECONDS = 120;

const HOLDER = { userId: text, name: text, since: instant };
/** Who has a prospect open, and since when. */
export type Holder = RowOf<typeof HOLDER>;

/** One person at a time on a prospect. */
@Injectable()
export class Leases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a prospect for a browser tab, or goes on holding it; the tab lets go of the one it held. Gives who holds it
   * now: of two who ask at the same moment, one. @throws NotFound out of sight
   */
  take(actor: Actor, prospectId: string, tab: string): Promise<Holder> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + LEASE_SECONDS * 1000);
    return this.database.write(async (tx) => {
      await requireSeen(tx, actor, prospectId);
      await tx.run(
        sql`DELETE FROM lease WHERE user_id = ${actor.userId} AND tab = ${tab} AND prospect_id <> ${prospectId}`,
      );
      await tx.run(sql`INSERT INTO lease (prospect_id, user_id, tab, taken_at, expires_at)
        VALUES (${prospectId}, ${actor.userId}, ${tab}, ${now}, ${expiresAt})
        ON CONFLICT (prospect_id) DO UPDATE SET user_id = excluded.user_id, tab = excluded.tab,
          taken_at = CASE WHEN lease.user_id = excluded.user_id THEN lease.taken_at ELSE excluded.taken_at END,
          expires_at = excluded.expires_at
        WHERE lease.user_id = excluded.user_id OR lease.expires_at <= ${now}`);
      return (await holderOf(tx, prospectId, now))!;
    });
  }

  /** Lets go of what a tab holds. */
  async release(actor: Actor, tab: string): Promise<void> {
    await this.database.write((tx) =>
      tx.run(sql`DELETE FROM lease WHERE user_id = ${actor.userId} AND tab = ${tab}`),
    );
  }

  /** Prospect id → who else has it open. */
  async heldByOthers(actor: Actor, prospectIds: readonly string[]): Promise<Map<string, Holder>> {
    if (prospectIds.length === 0) return new Map();
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT l.prospect_id, l.user_id, u.name, l.taken_at AS since FROM lease l JOIN app_user u ON u.id = l.user_id
          WHERE ${db.dialect.isAmong(sql`l.prospect_id`, prospectIds)} AND l.user_id <> ${actor.userId}
            AND l.expires_at > ${this.clock.now()}`,
        { prospectId: text, ...HOLDER },
      ),
    );
    return new Map(rows.map(({ prospectId, ...holder }) => [prospectId, holder]));
  }

  /** @throws Conflict when somebody else has the prospect open */
  async requireFree(actor: Actor, prospectId: string): Promise<void> {
    const holder = (await this.heldByOthers(actor, [prospectId])).get(prospectId);
    if (holder) throw new Conflict('leased', { name: holder.name });
  }

  /** Who leaves, holds nothing. */
  @OnEvent(SignedOut.named)
  async afterSignOut({ userId }: SignedOut): Promise<void> {
    await this.database.write((tx) => tx.run(sql`DELETE FROM lease WHERE user_id = ${userId}`));
  }
}

function holderOf(db: Db, prospectId: string, now: Date): Promise<Holder | null> {
  return db.row(
    sql`SELECT l.user_id, u.name, l.taken_at AS since FROM lease l JOIN app_user u ON u.id = l.user_id
      WHERE l.prospect_id = ${prospectId} AND l.expires_at > ${now}`,
    HOLDER,
  );
}
