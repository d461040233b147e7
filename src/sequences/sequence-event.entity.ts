import { Entity, Index } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import type { SequenceEventKind } from './sequence-events.js';
import { Sequence } from './sequence.entity.js';

/** One thing that happened to a sequence: appended, never edited; its page tells them in order. */
@Entity()
@Index(['sequenceId', 'id'])
export class SequenceEvent {
  @Id() id!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE', isIndexed: false }) sequenceId!: string;
  /** The version it was about. */
  @Whole() version!: number;
  @Choice() kind!: SequenceEventKind;
  @Instant() at!: Date;
  @LooseRef({ nullable: true }) userId!: string | null;
  /** Why, in the words of whoever did it. */
  @Text({ nullable: true }) reason!: string | null;
  /** Counts and seals the kind needs. */
  @Json({ nullable: true }) details!: Record<string, unknown> | null;
}

/** A remark on a step, or on the whole; the client's people and the agency's answer each other. */
@Entity()
@Index(['sequenceId', 'id'])
export class SequenceComment {
  @Id() id!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE', isIndexed: false }) sequenceId!: string;
  @Whole() version!: number;
  /** Null: about the whole sequence. */
  @LooseRef({ nullable: true }) stepId!: string | null;
  @LooseRef({ nullable: true }) userId!: string | null;
  @Instant() at!: Date;
  @Text() text!: string;
}
