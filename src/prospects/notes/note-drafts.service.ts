import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { maybe, text } from '../../database/rows.js';
import { requireSeen } from './seen-prospect.queries.js';

/** Notes that were begun and not sent, one of each person on each prospect. */
@Injectable()
export class NoteDrafts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Empty when there is none. */
  async of(actor: Actor, prospectId: string): Promise<string> {
    const row = await this.database.read((db) =>
      db.row(
        sql`SELECT note FROM note_draft WHERE user_id = ${actor.userId} AND prospect_id = ${prospectId}`,
        { note: text },
      ),
    );
    return row?.note ?? '';
  }

  /** The last one saved counts, whichever tab it comes from; a blank one is forgotten. @throws NotFound out of sight */
  keep(actor: Actor, prospectId: string, note: string): Promise<void> {
    return this.database.write(async (tx) => {
      await requireSeen(tx, actor, prospectId);
      if (note.trim() === '')
        await tx.run(
          sql`DELETE FROM note_draft WHERE user_id = ${actor.userId} AND prospect_id = ${prospectId}`,
        );
      else
        await tx.run(sql`INSERT INTO note_draft (user_id, prospect_id, note, saved_at)
          VALUES (${actor.userId}, ${prospectId}, ${note}, ${this.clock.now()})
          ON CONFLICT (user_id, prospect_id) DO UPDATE SET note = excluded.note, saved_at = excluded.saved_at`);
    });
  }

  /**
   * What was written with an act that was taken back is a draft again, before what was begun since.
   * @param since an id from before the act was taken back
   */
  async giveBack(actor: Actor, prospectId: string, since: string): Promise<void> {
    const undone = await this.database.read((db) =>
      db.rows(
        sql`SELECT a.note FROM activity u JOIN activity a ON a.id = u.undoes_id
            WHERE u.prospect_id = ${prospectId} AND u.user_id = ${actor.userId} AND u.id > ${since} ORDER BY a.id`,
        { note: maybe(text) },
      ),
    );
    const notes = [...undone.map(({ note }) => note), await this.of(actor, prospectId)].filter(Boolean);
    if (notes.length > 0) await this.keep(actor, prospectId, [...new Set(notes)].join('\n'));
  }

  /** It was sent: nothing is left of it. */
  async forget(actor: Actor, prospectId: string): Promise<void> {
    await this.database.write((tx) =>
      tx.run(sql`DELETE FROM note_draft WHERE user_id = ${actor.userId} AND prospect_id = ${prospectId}`),
    );
  }
}
