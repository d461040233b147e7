import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Client } from '../../clients/client.entity.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { messageContext } from '../writing/message-context.queries.js';
import type { MessageContext } from '../writing/merge-values.js';
import { readMessage, type ReadMessage } from '../writing/message.js';
import { type Sequence, SequenceVersion, type Step } from '../sequence.entity.js';
import { sealOf } from './text-seal.js';

/** A version that was approved, its texts read once. */
export interface ApprovedTexts {
  steps: Step[];
  /** Step by step, variant by variant. */
  messages: ReadMessage[][];
  context: MessageContext;
}

const MOST_KEPT = 200;

/** The texts the engine may send: those somebody approved, word for word. */
@Injectable()
export class ApprovedTextsShelf {
  private readonly kept = new Map<string, ApprovedTexts>();

  /**
   * Null: nobody approved this version, its approval was taken back, or its words are no longer those that were approved.
   * Its state is read each time, in the transaction of the claim; the words of an approved version alone are remembered.
   */
  async of(db: Db, versionId: string, sequence: Sequence, client: Client): Promise<ApprovedTexts | null> {
    const approved = await db.row(
      sql`SELECT id FROM sequence_version WHERE id = ${versionId} AND state = 'approved'`,
      { id: text },
    );
    if (!approved) return null;
    const known = this.kept.get(versionId);
    if (known) return known;
    const version = await db.entities.findOneByOrFail(SequenceVersion, { id: versionId });
    const { steps, notice, approvedAt, approvedSeal } = version;
    const { locale } = sequence;
    if (approvedAt === null || sealOf({ locale, notice, steps }) !== approvedSeal) return null;
    const texts = {
      steps,
      messages: steps.map(({ variants }) => variants.map(readMessage)),
      context: await messageContext(db, client, { locale, notice }),
    };
    // What was approved once never changes its words; the oldest makes room.
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(versionId, texts);
    return texts;
  }
}
