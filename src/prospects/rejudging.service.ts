import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { isManager } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db, Tx } from '../database/db.js';
import { text } from '../database/rows.js';
import { bestFit, type IcpInForce } from '../icp/best-fit.js';
import { icpsInForce } from '../icp/icp.queries.js';
import { NotAllowed } from '../shared/errors.js';
import { Facts } from './facts.service.js';
import { holdProspects } from './held-prospects.queries.js';
import { judgedAmong, type JudgedPerson, nextStretch, sizeOf } from './judged-people.queries.js';
import { CompanyCorrected } from './prospect.events.js';
import type { ProspectFilter } from './search/prospect-list.dto.js';
import { type Selection, selectionOf } from './search/prospect-selection.queries.js';

const CHUNK = 500;

/** Somebody has worked them: the verdict they were chosen by is part of that history. */
const UNWORKED = sql`AND NOT EXISTS (SELECT 1 FROM activity a
  WHERE a.prospect_id = p.id AND a.kind NOT IN ('prospect.created', 'note', 'merge', 'undo'))`;

export interface Rejudged {
  judged: number;
  /** How many have another verdict than before. */
  changed: number;
  /** How many keep the verdict they were worked by. */
  spared: number;
}

/**
 * Judges a client's prospects again by the ICPs now in force. Those already worked keep the verdict they were worked by, so
 * that a report counts tomorrow what it counted yesterday.
 */
@Injectable()
export class Rejudging {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly facts: Facts,
  ) {}

  /** In chunks, each a short transaction, so that others are answered meanwhile. @throws NotFound, NotAllowed */
  async rejudge(actor: Actor, clientId: string, filter: ProspectFilter = {}): Promise<Rejudged> {
    const { icps, selection, total } = await this.database.read(async (db) => {
      const asked = await selectionOf(db, actor, clientId, filter);
      if (!isManager(actor)) throw new NotAllowed('managersOnly');
      return {
        icps: await icpsInForce(db, clientId),
        selection: asked,
        total: await sizeOf(db, asked),
      };
    });
    const sum: Rejudged = { judged: 0, changed: 0, spared: 0 };
    for (let last: string | null = ''; last !== null;) {
      const after: string = last;
      const chunk = await this.database.write((tx) => this.chunk(tx, selection, icps, after));
      sum.judged += chunk.judged;
      sum.changed += chunk.changed;
      last = chunk.last;
      await new Promise(setImmediate);
    }
    sum.spared = Math.max(0, total - sum.judged);
    await this.database.write((tx) =>
      this.audit.record(tx, actor, {
        act: 'prospects.rejudged',
        subjectType: 'client',
        subjectId: clientId,
        clientId,
        details: { ...sum },
      }),
    );
    return sum;
  }

  /** Heard after commit: the colleagues of whoever was corrected. What is missed is found when somebody judges again. */
  @OnEvent(CompanyCorrected.named)
  async afterCorrection({ companyId, clientId }: CompanyCorrected): Promise<void> {
    const icps = await this.database.read((db) => icpsInForce(db, clientId));
    for (let last: string | undefined = ''; last !== undefined;) {
      const after: string = last;
      last = await this.database.write(async (tx) => {
        const ids = await unworkedAt(tx, companyId, after);
        await this.judgeAll(tx, icps, ids);
        return ids.at(-1);
      });
    }
  }

  private async chunk(
    tx: Tx,
    selection: Selection,
    icps: readonly IcpInForce[],
    after: string,
  ): Promise<{ judged: number; changed: number; last: string | null }> {
    const { people, last } = await nextStretch(tx, selection, after, CHUNK, UNWORKED);
    const sum = await this.judgeAll(
      tx,
      icps,
      people.map(({ id }) => id),
    );
    return { ...sum, last };
  }

  private async judgeAll(
    tx: Tx,
    icps: readonly IcpInForce[],
    ids: readonly string[],
  ): Promise<{ judged: number; changed: number }> {
    // Held first, read then: nobody is judged by what they were before somebody else's change.
    await holdProspects(tx, ids);
    const held = await judgedAmong(tx, ids);
    let changed = 0;
    for (const person of held) changed += await this.judge(tx, icps, person);
    return { judged: held.length, changed };
  }

  private async judge(tx: Tx, icps: readonly IcpInForce[], person: JudgedPerson): Promise<number> {
    const fit = bestFit(icps, person.facts);
    const isSame =
      (fit?.versionId ?? null) === person.icpVersionId &&
      (fit?.verdict ?? null) === person.fit &&
      (fit?.score ?? null) === person.fitScore;
    if (isSame) return 0;
    await tx.run(sql`UPDATE prospect SET icp_version_id = ${fit?.versionId}, fit = ${fit?.verdict}, fit_score = ${fit?.score},
        fit_reasons = ${fit && JSON.stringify(fit.reasons)}, updated_at = ${this.clock.now()} WHERE id = ${person.id}`);
    await this.facts.recount(tx, person.id);
    return (fit?.verdict ?? null) === person.fit ? 0 : 1;
  }
}

async function unworkedAt(db: Db, companyId: string, after: string): Promise<string[]> {
  const people = await db.rows(
    sql`SELECT p.id FROM prospect p WHERE p.company_id = ${companyId} AND p.id > ${after} ${UNWORKED}
        ORDER BY p.id LIMIT ${CHUNK}`,
    { id: text },
  );
  return people.map(({ id }) => id);
}
