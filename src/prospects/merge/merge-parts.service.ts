import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Db, Tx } from '../../database/db.js';
import type { ProspectStatus } from '../status/status.js';

/** A merge under way, or being undone. */
export interface MergeOf {
  clientId: string;
  survivorId: string;
  absorbedId: string;
  actor: Actor;
  now: Date;
  /** Where the merged person stands. */
  status: ProspectStatus;
}

/** What a part moved, in words of its own that JSON can hold, and the facts it appended to the survivor. */
export interface Moved<Image> {
  image: Image;
  factIds: string[];
}

/**
 * What a room above does when two prospects become one: it moves the rows of its own tables to the survivor, in the
 * transaction of the merge, and moves them back when the merge is undone. Prospects know nothing of those tables.
 */
export interface MergePart<Image = unknown> {
  /** Under this name its image is kept with the merge: never changed. */
  readonly name: string;
  /** Tables with a `prospect_id` it takes care of (test/modules/merges.test.ts misses none). */
  readonly tables: readonly string[];
  /** Code of a conflict that forbids merging (or undoing) now; null when nothing does. */
  hindrance(db: Db, prospectIds: readonly string[]): Promise<string | null>;
  move(tx: Tx, merge: MergeOf): Promise<Moved<Image>>;
  giveBack(tx: Tx, merge: MergeOf, image: Image): Promise<void>;
}

/** The parts the rooms above have registered when they started. */
@Injectable()
export class MergeParts {
  private readonly parts = new Map<string, MergePart>();

  register<Image>(part: MergePart<Image>): void {
    this.parts.set(part.name, part);
  }

  /** In the order of their names: the same on every machine. */
  get all(): MergePart[] {
    return [...this.parts.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  get(name: string): MergePart {
    const part = this.parts.get(name);
    if (part === undefined) throw new Error(`Nothing is registered to move back what "${name}" moved`);
    return part;
  }
}
