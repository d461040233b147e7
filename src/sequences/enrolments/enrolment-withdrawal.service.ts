import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Facts } from '../../prospects/facts.service.js';
import { lastDeedOf, lastStatusOf } from '../../prospects/status/last-deed.queries.js';
import { StatusMoves } from '../../prospects/status/status-moves.service.js';
import { Conflict } from '../../shared/errors.js';
import { lockEnrolment } from '../steps/step-outcomes.service.js';
import { Enrolment } from './enrolment.entity.js';

/**
 * Takes an enrolment back as if it had not been: unlike one that is ended, it does not bar the person from the sequence.
 * Only while no step has begun and nothing else has happened to the person. The facts stay, with others that undo them.
 */
@Injectable()
export class EnrolmentWithdrawal {
  constructor(
    private readonly database: Database,
    private readonly facts: Facts,
    private readonly moves: StatusMoves,
  ) {}

  /** @throws NotFound; Conflict when something has happened since */
  withdraw(actor: Actor, id: string): Promise<Enrolment> {
    return this.database.write(async (tx) => {
      const enrolment = await lockEnrolment(tx, actor, id);
      if (!(await this.undo(tx, actor, enrolment))) throw new Conflict('sequences.enrolmentBegun');
      return enrolment;
    });
  }

  /** False when something has happened since, and nothing is changed. The person and the enrolment are held. */
  async undo(tx: Tx, actor: Actor, enrolment: Enrolment): Promise<boolean> {
    const { id, prospectId, clientId } = enrolment;
    const started = await tx.row(
      sql`SELECT id FROM activity WHERE prospect_id = ${prospectId} AND kind = 'enrolment.started' AND about_id = ${id}`,
      { id: text },
    );
    if (started === null || enrolment.state === 'finished' || (await hasBegun(tx, id))) return false;
    const deed = await lastDeedOf(tx, prospectId);
    if (deed?.kind === 'status' && (await lastStatusOf(tx, prospectId))?.aboutId === id) {
      const standing = await this.moves.standingOf(tx, null, prospectId);
      await this.moves.takeBack(tx, actor, standing, deed);
    } else if (deed !== null && deed.id !== started.id) return false;
    await this.facts.append(tx, actor, {
      prospectId,
      clientId,
      kind: 'undo',
      undoesId: started.id,
      aboutId: id,
    });
    await tx.run(sql`DELETE FROM enrolment WHERE id = ${id}`);
    return true;
  }
}

/** Whether a step was done or claimed: a mail on its way has its touch before any fact tells of it. */
async function hasBegun(tx: Tx, id: string): Promise<boolean> {
  const begun = await tx.row(sql`SELECT id FROM touch WHERE enrolment_id = ${id} LIMIT 1`, { id: text });
  return begun !== null;
}
