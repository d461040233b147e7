import { Injectable, type OnModuleInit } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Tx } from '../../database/db.js';
import { instant, text } from '../../database/rows.js';
import { type MergeOf, type MergePart, MergeParts, type Moved } from './merge-parts.service.js';

interface MovedDraft {
  userId: string;
  note: string;
  savedAt: string;
}

const DRAFT = { userId: text, note: text, savedAt: instant };

/** A note begun about the absorbed is finished about the survivor; whoever had begun two has both in one. */
@Injectable()
export class NoteDraftsMerge implements MergePart<MovedDraft[]>, OnModuleInit {
  readonly name = 'note-drafts';
  readonly tables = ['note_draft'];

  constructor(private readonly parts: MergeParts) {}

  onModuleInit(): void {
    this.parts.register(this);
  }

  hindrance(): Promise<null> {
    return Promise.resolve(null);
  }

  async move(tx: Tx, { absorbedId, survivorId }: MergeOf): Promise<Moved<MovedDraft[]>> {
    const drafts = await tx.rows(
      sql`SELECT user_id, note, saved_at FROM note_draft WHERE prospect_id = ${absorbedId}`,
      DRAFT,
    );
    for (const draft of drafts) await write(tx, survivorId, draft);
    const image = drafts.map((draft) => ({ ...draft, savedAt: draft.savedAt.toISOString() }));
    return { image, factIds: [] };
  }

  /** The survivor's drafts stay as they are by now: words nobody has sent yet are taken from nobody. */
  async giveBack(tx: Tx, { absorbedId }: MergeOf, drafts: MovedDraft[]): Promise<void> {
    for (const draft of drafts) await write(tx, absorbedId, { ...draft, savedAt: new Date(draft.savedAt) });
  }
}

async function write(
  tx: Tx,
  prospectId: string,
  { userId, note, savedAt }: { userId: string; note: string; savedAt: Date },
): Promise<void> {
  await tx.run(sql`INSERT INTO note_draft (user_id, prospect_id, note, saved_at)
    VALUES (${userId}, ${prospectId}, ${note}, ${savedAt})
    ON CONFLICT (user_id, prospect_id) DO UPDATE SET note = note_draft.note || ${'\n'} || excluded.note`);
}
