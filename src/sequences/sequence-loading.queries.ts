import sql from 'sql-template-tag';
import { IsNull, Not } from 'typeorm';
import { type Actor, seesClient } from '../accounts/actor.js';
import type { Db, Tx } from '../database/db.js';
import { Conflict, NotFound } from '../shared/errors.js';
import { Sequence, SequenceVersion } from './sequence.entity.js';
import { mayWriteSequences } from './sequences.policy.js';
import { sealOfVersion } from './approval/text-seal.js';

/** A sequence together with one of its versions: the newest unless said. */
export interface WrittenSequence {
  sequence: Sequence;
  version: SequenceVersion;
}

/** @throws NotFound when it is none of the actor's clients' */
export async function loadSequence(db: Db, actor: Actor, id: string): Promise<WrittenSequence> {
  const sequence = await db.entities.findOneBy(Sequence, { id });
  if (!sequence || !mayWriteSequences(actor) || !seesClient(actor, sequence.clientId)) throw new NotFound();
  return { sequence, version: await loadVersion(db, sequence, sequence.version) };
}

/** The same, for whoever changes it: others who want to change it wait. */
export async function lockSequence(tx: Tx, actor: Actor, id: string): Promise<WrittenSequence> {
  await hold(tx, id);
  return loadSequence(tx, actor, id);
}

/** @throws NotFound when there is no such version */
export async function loadVersion(db: Db, sequence: Sequence, version: number): Promise<SequenceVersion> {
  const found = await db.entities.findOneBy(SequenceVersion, { sequenceId: sequence.id, version });
  if (!found) throw new NotFound();
  return found;
}

/**
 * The version people are enrolled with, its words proved to be those approved.
 * @throws Conflict while no version is approved, or when its texts are not the approved ones any more
 */
export async function loadApproved(db: Db, sequence: Sequence): Promise<SequenceVersion> {
  if (sequence.approvedVersion === null) throw new Conflict('sequences.notApprovedYet');
  const version = await loadVersion(db, sequence, sequence.approvedVersion);
  if (sealOfVersion({ sequence, version }) !== version.approvedSeal)
    throw new Conflict('sequences.sealBroken', { version: version.version });
  return version;
}

/**
 * A sequence as whoever reads and approves it sees it: the agency the newest version; the client's people the newest
 * that was ever submitted, and nothing of a sequence that was not.
 * @throws NotFound
 */
export async function loadForReader(db: Db, actor: Actor, id: string): Promise<WrittenSequence> {
  if (mayWriteSequences(actor)) return loadSequence(db, actor, id);
  const sequence = await db.entities.findOneBy(Sequence, { id });
  if (!sequence || !seesClient(actor, sequence.clientId)) throw new NotFound();
  const [version] = await db.entities.find(SequenceVersion, {
    where: { sequenceId: id, submittedAt: Not(IsNull()), state: Not('draft') },
    order: { version: 'DESC' },
    take: 1,
  });
  if (!version) throw new NotFound();
  return { sequence, version };
}

/** The same, for whoever answers: others who want to change it wait. */
export async function lockForReader(tx: Tx, actor: Actor, id: string): Promise<WrittenSequence> {
  await hold(tx, id);
  return loadForReader(tx, actor, id);
}

async function hold(tx: Tx, id: string): Promise<void> {
  await tx.rows(sql`SELECT id FROM sequence WHERE id = ${id}${tx.dialect.forUpdate}`, {});
}
