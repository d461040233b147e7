import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { Clock } from '../../clock/clock.service.js';
import type { Db } from '../../database/db.js';
import { integer, word } from '../../database/rows.js';
import { type ProspectStatus, prospectStatuses } from '../status/status.js';

/** Counts go no further: a page shows "10,000+" rather than reading a million rows to say how many. */
export const COUNT_CAP = 10_000;
const CROWD_SECONDS = 60;

const COUNTED = { status: word<ProspectStatus>(), size: integer };

/** How many prospects of a client stand at each status. */
@Injectable()
export class StatusCounts {
  private readonly crowds: Crowds;

  constructor(clock: Clock) {
    this.crowds = new Crowds(clock);
  }

  /** Counted no further than one beyond `COUNT_CAP`; statuses with nobody are left out. */
  async of(db: Db, clientId: string): Promise<Map<ProspectStatus, number>> {
    const counted = db.dialect.keepsCounts ? await kept(db, clientId) : await this.counted(db, clientId);
    return new Map(counted.map(({ status, size }) => [status, Math.min(size, COUNT_CAP + 1)]));
  }

  private async counted(db: Db, clientId: string) {
    const many = this.crowds.of(clientId);
    const crowd = many.map((status) => ({ status, size: COUNT_CAP + 1 }));
    const asked = prospectStatuses.filter((status) => !many.includes(status));
    if (asked.length === 0) return crowd;
    const counts = asked.map(
      (status) => sql`SELECT ${status} AS status, COUNT(*) AS size FROM (SELECT 1 AS one FROM prospect
        WHERE client_id = ${clientId} AND status = ${status} LIMIT ${COUNT_CAP + 1}) few`,
    );
    const rows = await db.rows(join(counts, ' UNION ALL '), COUNTED);
    const crowded = rows.filter(({ size }) => size > COUNT_CAP).map(({ status }) => status);
    if (crowded.length > 0) this.crowds.note(clientId, [...many, ...crowded]);
    return [...rows.filter(({ size }) => size > 0), ...crowd];
  }
}

function kept(db: Db, clientId: string) {
  return db.rows(
    sql`SELECT status, size FROM prospect_count WHERE client_id = ${clientId} AND size > 0`,
    COUNTED,
  );
}

/** Which statuses of a client were beyond the cap a moment ago: they are taken to be so still, and not counted again. */
class Crowds {
  private readonly seen = new Map<string, { until: number; statuses: readonly ProspectStatus[] }>();
  constructor(private readonly clock: Clock) {}

  of(clientId: string): readonly ProspectStatus[] {
    const seen = this.seen.get(clientId);
    return seen !== undefined && seen.until > this.clock.now().getTime() ? seen.statuses : [];
  }

  note(clientId: string, statuses: readonly ProspectStatus[]): void {
    if (this.seen.size > 1000) this.seen.clear();
    this.seen.set(clientId, { until: this.clock.now().getTime() + CROWD_SECONDS * 1000, statuses });
  }
}
