import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Db, Tx } from '../../database/db.js';
import type { BulkKind, BulkTerms } from './bulk-act.js';
import type { BulkActInput } from './bulk-act.dto.js';
import type { BulkAct } from './bulk-act.entity.js';
import type { BulkPlace, Deed, Left } from './bulk-deed.js';

/** The act a part is asked about. */
export type BulkOf = Pick<BulkAct, 'id' | 'clientId' | 'terms'>;

/**
 * What a room above does to the people of an act on many, by rules prospects know nothing of; counting, progress,
 * stopping and the way back are the same as for any act.
 */
export interface BulkPart {
  readonly kind: BulkKind;
  /** What was asked for, found possible. @throws InvalidInput, Conflict */
  terms(db: Db, actor: Actor, clientId: string, input: BulkActInput): Promise<BulkTerms>;
  /** Prospect id → why they would be left as they are; absent: they would be changed. */
  refusals(
    db: Db,
    actor: Actor,
    act: BulkOf,
    prospectIds: readonly string[],
  ): Promise<ReadonlyMap<string, Left>>;
  /** Some at a time, each judged once more. Prospect id → what became of them. */
  carryOut(
    tx: Tx,
    actor: Actor,
    act: BulkOf,
    prospectIds: readonly string[],
  ): Promise<ReadonlyMap<string, Deed>>;
  takeBack(tx: Tx, actor: Actor, act: BulkOf, place: BulkPlace): Promise<Deed>;
}

/** The parts the rooms above have registered when they started. */
@Injectable()
export class BulkParts {
  private readonly parts = new Map<BulkKind, BulkPart>();

  register(part: BulkPart): void {
    this.parts.set(part.kind, part);
  }

  of(kind: BulkKind): BulkPart {
    const part = this.parts.get(kind);
    if (part === undefined) throw new Error(`No room has registered to ${kind} many`);
    return part;
  }
}
