import { setImmediate as breath } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { insertRows } from '../../database/bulk-insert.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, text } from '../../database/rows.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { BOUNCE_HOURS } from './funnel.js';
import { progressOf } from './progress.js';
import { recordsOf } from './stored-facts.queries.js';
import {
  fingerprint,
  replaceProgress,
  type StoredProgress,
  storedForm,
  storedProgressOf,
} from './stored-progress.js';

/** Prospects recomputed in one transaction: about 20 ms, so that others hardly wait. */
const CHUNK = 100;
/** Prospects noted in one transaction. */
const NOTES = 1000;

/** Found by `compare`. */
export interface Comparison {
  prospects: number;
  /** Prospects whose rows are not what their facts say. */
  different: string[];
  /** Prospects whose turn to be recomputed has not come yet: not compared. */
  waiting: number;
}

/**
 * Keeps `prospect_funnel` in step with the facts. Whoever appends a fact notes the prospect in `activity_pending`;
 * here those are recomputed from all their facts. Time alone also changes rows (a mail that did not bounce).
 */
@Injectable()
export class Projection implements OnModuleDestroy {
  private running: Promise<number> | null = null;
  private isClosing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The chunk under way is finished; the rest waits for the next start. */
  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    await this.running?.catch(() => undefined);
  }

  /** Recomputes what is out of date; gives how many prospects. Callers at the same time share one run. */
  async catchUp(): Promise<number> {
    // A run under way may have passed by what the caller has just written: its end is not enough.
    await this.running?.catch(() => undefined);
    this.running ??= this.recomputeStale().finally(() => (this.running = null));
    return this.running;
  }

  /** Recomputes every prospect from its facts, in chunks; gives how many. */
  async rebuild(): Promise<number> {
    await this.noteAll(null);
    return this.catchUp();
  }

  private async noteAll(clientId: string | null): Promise<void> {
    for (let after = ''; ;) {
      const ids = await this.database.read((db) => prospectsAfter(db, after, NOTES, clientId));
      if (ids.length === 0) return;
      await this.database.write((tx) => note(tx, ids));
      after = ids.at(-1)!;
      await breath();
    }
  }

  /** Compares every stored row with what the facts say now, and changes nothing. */
  async compare(): Promise<Comparison> {
    const found: Comparison = { prospects: 0, different: [], waiting: 0 };
    for (let after = ''; ;) {
      const ids = await this.database.read((db) => prospectsAfter(db, after, CHUNK, null));
      if (ids.length === 0) return found;
      await this.compareChunk(ids, found);
      after = ids.at(-1)!;
      await breath();
    }
  }

  private async compareChunk(ids: string[], found: Comparison): Promise<void> {
    const now = this.clock.now();
    const [expected, stored, waiting] = await this.database.read(async (db) => [
      await this.rowsFor(db, ids, now),
      await storedProgressOf(db, ids),
      new Set([...(await pendingAmong(db, ids)), ...(await ripeAmong(db, ids, now))]),
    ]);
    const print = (rows: StoredProgress[], id: string): string =>
      rows
        .filter((row) => row['prospect_id'] === id)
        .map(fingerprint)
        .sort()
        .join('\n');
    const compared = ids.filter((id) => !waiting.has(id));
    found.prospects += compared.length;
    found.waiting += waiting.size;
    found.different.push(...compared.filter((id) => print(expected, id) !== print(stored, id)));
  }

  /**
   * The first days of its engagements decide to which of them a fact belongs, and its zone when a day begins: everything of
   * a client that changed one is counted anew. Asked for again meanwhile, it is done again.
   */
  private async noteRecounts(): Promise<void> {
    const asked = await this.database.read((db) =>
      db.rows(sql`SELECT id, recount_asked_at FROM client WHERE recount_asked_at IS NOT NULL`, {
        id: text,
        recountAskedAt: instant,
      }),
    );
    for (const { id, recountAskedAt } of asked) {
      await this.noteAll(id);
      await this.database.write((tx) =>
        tx.run(
          sql`UPDATE client SET recount_asked_at = NULL WHERE id = ${id} AND recount_asked_at = ${recountAskedAt}`,
        ),
      );
    }
  }

  private async recomputeStale(): Promise<number> {
    await this.noteRecounts();
    let done = 0;
    for (let ripe = 1; ripe > 0 && !this.isClosing;) {
      ripe = await this.database.write((tx) => noteRipe(tx, this.clock.now()));
      for (let taken = 1; taken > 0 && !this.isClosing; done += taken) {
        taken = await this.database.write((tx) => this.recomputeNoted(tx));
        await breath();
      }
    }
    return done;
  }

  /**
   * The note is taken away before the facts are read: a fact written meanwhile leaves a note of its own, or waits
   * for this transaction and leaves it then. So nobody else recomputes the same prospect at the same time either.
   * Whose prospect somebody holds is passed over with the note: they may come to wait for the note, and what is
   * counted here for their prospect.
   */
  private async recomputeNoted(tx: Tx): Promise<number> {
    const noted = await tx.rows(
      sql`SELECT n.prospect_id FROM activity_pending n CROSS JOIN prospect p WHERE p.id = n.prospect_id
        LIMIT ${CHUNK}${tx.dialect.skipLocked}`,
      { prospectId: text },
    );
    const ids = noted.map(({ prospectId }) => prospectId);
    if (ids.length === 0) return 0;
    await tx.run(sql`DELETE FROM activity_pending WHERE prospect_id IN (${join(ids)})`);
    await replaceProgress(tx, ids, await this.rowsFor(tx, ids, this.clock.now()));
    return ids.length;
  }

  private async rowsFor(db: Db, ids: string[], now: Date): Promise<StoredProgress[]> {
    const records = await recordsOf(db, ids);
    const settings = { bounceHours: BOUNCE_HOURS, now };
    return records.flatMap((record) =>
      progressOf(record.facts, record.windows, settings).map((progress) => storedForm(record, progress)),
    );
  }
}

async function prospectsAfter(
  db: Db,
  after: string,
  limit: number,
  clientId: string | null,
): Promise<string[]> {
  const ofClient = clientId === null ? sql`` : sql`AND client_id = ${clientId}`;
  const rows = await db.rows(
    sql`SELECT id FROM prospect WHERE id > ${after} ${ofClient} ORDER BY id LIMIT ${limit}`,
    { id: text },
  );
  return rows.map(({ id }) => id);
}

/** Prospects first, then their notes, as everybody does. */
async function note(tx: Tx, ids: string[]): Promise<void> {
  const values = (await holdProspects(tx, ids)).map((id) => [id]);
  await insertRows(tx, 'activity_pending', ['prospect_id'], values, 'ignore');
}

/** Notes prospects whose rows time has overtaken; gives how many there were, noted before or not. Who is held comes later. */
async function noteRipe(tx: Tx, now: Date): Promise<number> {
  const rows = await tx.rows(
    sql`SELECT f.prospect_id FROM prospect_funnel f CROSS JOIN prospect p WHERE p.id = f.prospect_id
        AND f.ripens_at <= ${now} ORDER BY f.ripens_at LIMIT ${NOTES}${tx.dialect.skipLocked}`,
    { prospectId: text },
  );
  const ids = [...new Set(rows.map(({ prospectId }) => prospectId))];
  if (ids.length > 0) await note(tx, ids);
  return ids.length;
}

async function pendingAmong(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT prospect_id FROM activity_pending WHERE prospect_id IN (${join(ids)})
      UNION SELECT p.id FROM prospect p JOIN client c ON c.id = p.client_id
        WHERE p.id IN (${join(ids)}) AND c.recount_asked_at IS NOT NULL`,
    { prospectId: text },
  );
  return rows.map(({ prospectId }) => prospectId);
}

async function ripeAmong(db: Db, ids: string[], now: Date): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT DISTINCT prospect_id FROM prospect_funnel WHERE prospect_id IN (${join(ids)}) AND ripens_at <= ${now}`,
    { prospectId: text },
  );
  return rows.map(({ prospectId }) => prospectId);
}
