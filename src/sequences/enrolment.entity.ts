import { Entity, Index } from 'typeorm';
import { Choice, Id, Instant, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import { Prospect } from '../prospects/prospect.entity.js';
import { Sequence, SequenceVersion } from './sequence.entity.js';

/** A prospect going through one version of a sequence. */
@Entity()
@Index(['state', 'dueAt'])
@Index(['sequenceId', 'prospectId'], { unique: true })
export class Enrolment {
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) prospectId!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE', isIndexed: false }) sequenceId!: string;
  @Ref(() => SequenceVersion, { whenGone: 'CASCADE' }) sequenceVersionId!: string;
  /** `active`, `paused`, `finished`. */
  @Choice({ initially: 'active' }) state!: string;
  /** Why it is paused or finished: `replied`, `meeting`, `completed`, `opted_out`, `bounced`, `removed`, `failed` … */
  @Choice({ nullable: true }) reason!: string | null;
  @Instant({ nullable: true }) pausedUntil!: Date | null;
  /** 1-based place of the next step; null when finished. */
  @Whole({ nullable: true }) nextPosition!: number | null;
  /** Which attempt of that step is next (calls are tried again). */
  @Whole({ initially: 1 }) nextAttempt!: number;
  @Instant({ nullable: true }) dueAt!: Date | null;
  @LooseRef({ nullable: true }) enrolledBy!: string | null;
  @Instant() enrolledAt!: Date;
  @Instant({ nullable: true }) finishedAt!: Date | null;
  @Text({ nullable: true }) note!: string | null;
}
