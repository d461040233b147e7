import { Injectable } from '@nestjs/common';
import sql, { empty, join } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { integer, json, maybe, text, word } from '../../database/rows.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { Facts } from '../../prospects/facts.service.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import { Enrolment } from './enrolment.entity.js';
import { type MigrationPlan, planMigration } from './migration-plan.js';
import { SequenceDiary } from '../sequence-diary.service.js';
import type { Sequence, SequenceVersion, Step } from '../sequence.entity.js';
import { loadApproved, loadSequence, lockSequence } from '../sequence-loading.queries.js';
import type { VersionState } from '../sequence-states.js';
import { isVersionHold } from '../approval/version-hold.js';

const TRAVELLER = {
  id: text,
  prospectId: text,
  fullName: text,
  version: integer,
  state: word<VersionState>(),
  steps: json<Step[]>(),
  done: integer,
  nextPosition: maybe(integer),
};

/** Somebody on their way with an older version, and what the new one would mean for them. */
export interface Migrant {
  enrolmentId: string;
  prospectId: string;
  fullName: string;
  version: number;
  /** Place of the last step tried, 0 for none. */
  done: number;
  plan: MigrationPlan;
}

export interface MigrationPreview {
  /** The version they would go on with. */
  version: number;
  migrants: Migrant[];
}

const MOST = 5000;
const CHUNK = 100;

/** Taking people who are on their way over to the version approved last: by choice, never by itself. */
@Injectable()
export class EnrolmentMigrations {
  constructor(
    private readonly database: Database,
    private readonly ends: EnrolmentEnds,
    private readonly facts: Facts,
    private readonly diary: SequenceDiary,
  ) {}

  /** Who would go where, and who cannot and why. @throws Conflict while no version is approved */
  preview(actor: Actor, id: string): Promise<MigrationPreview> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, id);
      const version = await loadApproved(db, sequence);
      return { version: version.version, migrants: await migrantsOf(db, sequence, version) };
    });
  }

  /** Everybody who can, or those named among them. Each is judged again where nobody else can move them. */
  async migrate(
    actor: Actor,
    id: string,
    enrolmentIds?: readonly string[],
  ): Promise<{ version: number; moved: number; stayed: number }> {
    const { version, migrants } = await this.preview(actor, id);
    const chosen = enrolmentIds && new Set(enrolmentIds);
    const willing = migrants.filter(
      ({ enrolmentId, plan }) => plan.moves && (chosen?.has(enrolmentId) ?? true),
    );
    let moved = 0;
    for (let from = 0; from < willing.length; from += CHUNK) {
      const ids = willing.slice(from, from + CHUNK).map(({ enrolmentId }) => enrolmentId);
      moved += await this.database.write((tx) => this.moveSome(tx, actor, id, ids));
    }
    const stayed = migrants.length - moved;
    if (moved > 0) {
      await this.database.write(async (tx) => {
        const { sequence } = await lockSequence(tx, actor, id);
        await this.diary.note(tx, actor, sequence, 'migrated', { version, details: { moved, stayed } });
      });
    }
    return { version, moved, stayed };
  }

  private async moveSome(tx: Tx, actor: Actor, id: string, enrolmentIds: string[]): Promise<number> {
    const { sequence } = await loadSequence(tx, actor, id);
    const version = await loadApproved(tx, sequence);
    const chosen = join(enrolmentIds);
    const people = await tx.rows(sql`SELECT prospect_id AS id FROM enrolment WHERE id IN (${chosen})`, {
      id: text,
    });
    await holdProspects(
      tx,
      people.map(({ id }) => id),
    );
    await tx.rows(
      sql`SELECT id FROM enrolment WHERE id IN (${chosen}) ORDER BY id${tx.dialect.forUpdate}`,
      {},
    );
    const migrants = await migrantsOf(tx, sequence, version, enrolmentIds);
    const movers = migrants.filter(({ plan }) => plan.moves);
    for (const { enrolmentId, version: from } of movers)
      await this.moveOne(tx, actor, enrolmentId, { from, version });
    return movers.length;
  }

  private async moveOne(
    tx: Tx,
    actor: Actor,
    enrolmentId: string,
    { from, version }: { from: number; version: SequenceVersion },
  ): Promise<void> {
    const enrolment = await tx.entities.findOneByOrFail(Enrolment, { id: enrolmentId });
    // Whoever the old words stopped goes on: with the new ones.
    const released = isVersionHold(enrolment.reason) ? ({ state: 'active', reason: null } as const) : {};
    await tx.entities.save(Enrolment, Object.assign(enrolment, released, { sequenceVersionId: version.id }));
    await this.facts.append(tx, actor, {
      prospectId: enrolment.prospectId,
      clientId: enrolment.clientId,
      kind: 'enrolment.migrated',
      aboutId: enrolment.id,
      details: { sequenceId: enrolment.sequenceId, from, version: version.version },
    });
    await this.ends.goOn(tx, actor, enrolment);
  }
}

async function migrantsOf(
  db: Db,
  sequence: Sequence,
  version: SequenceVersion,
  enrolmentIds?: readonly string[],
): Promise<Migrant[]> {
  const only = enrolmentIds ? sql`AND e.id IN (${join([...enrolmentIds])})` : empty;
  const rows = await db.rows(
    sql`SELECT e.id, e.prospect_id, p.full_name, v.version, v.state, v.steps, e.next_position,
          (SELECT COALESCE(MAX(t.step_position), 0) FROM touch t WHERE t.enrolment_id = e.id) AS done
        FROM enrolment e JOIN prospect p ON p.id = e.prospect_id JOIN sequence_version v ON v.id = e.sequence_version_id
        WHERE e.sequence_id = ${sequence.id} AND e.state <> 'finished' AND v.version <> ${version.version} ${only}
        ORDER BY e.id LIMIT ${MOST}`,
    TRAVELLER,
  );
  return rows.map(({ id, prospectId, fullName, done, nextPosition, steps, state, version: from }) => ({
    enrolmentId: id,
    prospectId,
    fullName,
    version: from,
    done,
    plan: planMigration(steps, version.steps, {
      done,
      isOver: nextPosition !== done,
      isHeld: state !== 'approved',
    }),
  }));
}
