import { Injectable } from '@nestjs/common';
import { type Actor, isAgency, seesClient } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { Conflict, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { Company } from '../company.entity.js';
import { Prospect } from '../prospect.entity.js';
import { holdProspect } from '../held-prospects.queries.js';
import { editedSince, type MergeImage, restoredColumns } from './merge-image.js';
import { MergeMoves } from './merge-moves.service.js';
import type { MergeOf } from './merge-parts.service.js';
import { MergedOppositions } from './merged-oppositions.service.js';
import { fieldOf } from './merged-fields.js';
import { holderOfAny } from './merged-keys.queries.js';
import type { MergeDone } from './merges.service.js';
import { ProspectMerge } from './prospect-merge.entity.js';
import { columnsIn, revived } from './stored-prospects.queries.js';
import { workSince } from './work-since.queries.js';

type Kept = ProspectMerge & { image: MergeImage };

/** Makes two of one again, exactly as they were; what was only noted since stays with the survivor. */
@Injectable()
export class MergeUndo {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly moves: MergeMoves,
    private readonly oppositions: MergedOppositions,
  ) {}

  /**
   * @throws NotFound; Conflict when it was undone before, when the survivor was worked since in a way that belongs to neither
   *   side alone (the code says which), or when somebody else holds the other's address by now
   */
  undo(actor: Actor, mergeId: string): Promise<MergeDone> {
    return this.database.write(async (tx) => {
      const kept = await this.hold(tx, actor, mergeId);
      const survivor = await tx.entities.findOneBy(Prospect, { id: kept.survivorId });
      if (survivor === null) throw new Conflict('merge.since.merged');
      await this.refuseWorked(tx, kept, survivor);
      await this.moves.refuseHindered(tx, [survivor.id]);
      return this.part(tx, actor, kept, survivor);
    });
  }

  private async hold(tx: Tx, actor: Actor, id: string): Promise<Kept> {
    const merge = isId(id) && isAgency(actor) ? await tx.entities.findOneBy(ProspectMerge, { id }) : null;
    if (merge === null || !seesClient(actor, merge.clientId)) throw new NotFound();
    await holdProspect(tx, merge.survivorId);
    // Of two clicks of one moment, the second finds it done.
    const now = await tx.entities.findOneByOrFail(ProspectMerge, { id });
    if (now.image === null) throw new Conflict('merge.undoneAlready');
    return now as Kept;
  }

  private async refuseWorked(tx: Tx, { image, ...merge }: Kept, survivor: Prospect): Promise<void> {
    const worked = await workSince(tx, survivor.id, merge.factId);
    if (worked !== null) throw new Conflict(`merge.since.${worked.kind}`, { n: worked.count });
    const fields = editedSince(image.after, columnsIn(survivor));
    if (fields.length > 0) throw new Conflict('merge.since.fields', { field: fieldOf(fields[0]!) });
    const holder = await holderOfAny(tx, revived(tx, Prospect, image.absorbed), survivor.id);
    if (holder !== null) throw new Conflict('merge.since.keys', { name: holder });
  }

  private async part(tx: Tx, actor: Actor, kept: Kept, survivor: Prospect): Promise<MergeDone> {
    const { id, clientId, survivorId, absorbedId, image } = kept;
    const now = this.clock.now();
    const row = await withCompany(tx, revived(tx, Prospect, restoredColumns(image, columnsIn(survivor))));
    const status = row.status ?? survivor.status;
    const merge: MergeOf = { clientId, survivorId, absorbedId, actor, now, status };
    await this.moves.dropKeys(tx, id);
    await tx.entities.update(
      Prospect,
      { id: survivorId },
      // Never back to an old number: somebody may still hold that version.
      { ...row, updatedAt: now, version: survivor.version + 1 },
    );
    await tx.entities.insert(Prospect, await withCompany(tx, revived(tx, Prospect, image.absorbed)));
    await this.moves.giveBack(tx, merge, image);
    const isOpposed = await this.oppositions.lift(tx, actor, survivorId, absorbedId, image.suppressionIds);
    await this.close(tx, actor, kept, now);
    if (status !== survivor.status && !isOpposed)
      await this.moves.tellStatus(tx, survivor, status, kept.factId);
    return { id, survivorId, absorbedId };
  }

  private async close(tx: Tx, actor: Actor, kept: Kept, now: Date): Promise<void> {
    await tx.entities.update(
      ProspectMerge,
      { id: kept.id },
      { image: null, undoneAt: now, undoneBy: actor.userId || null },
    );
    await this.audit.record(tx, actor, {
      act: 'prospect.parted',
      subjectType: 'prospect',
      subjectId: kept.survivorId,
      clientId: kept.clientId,
      details: { absorbedId: kept.absorbedId },
    });
  }
}

/** A company goes with the last of its people, so that of the absorbed one may be gone: its name stays with the person. */
async function withCompany(tx: Tx, person: Partial<Prospect>): Promise<Partial<Prospect>> {
  const { companyId } = person;
  if (!companyId || (await tx.entities.existsBy(Company, { id: companyId }))) return person;
  return { ...person, companyId: null };
}
