import { Entity, Index } from 'typeorm';
import { Choice, Id, Instant, LooseRef, Ref, Text, Whole } from '../../database/columns.js';
import { Prospect } from '../../prospects/prospect.entity.js';
import type { Channel } from './outcomes.js';

/**
 * One executed step, or an action logged by hand. Appended only. The unique index is the claim: whoever inserts the
 * touch of a step first has done it; a second click or a second person is refused.
 */
@Entity()
@Index(['enrolmentId', 'stepId', 'attempt'], { unique: true })
@Index(['clientId', 'at'])
@Index(['sequenceId', 'stepId'])
@Index(['userId', 'at'], { where: 'user_id IS NOT NULL' })
export class Touch {
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) prospectId!: string;
  @Choice() channel!: Channel;
  /** `step` or `manual`. */
  @Choice() kind!: 'step' | 'manual';
  @Instant() at!: Date;
  /** The outcome (outcomes.ts). */
  @Choice() result!: string;
  @Text({ nullable: true }) note!: string | null;
  @LooseRef({ nullable: true }) userId!: string | null;
  @LooseRef({ nullable: true }) enrolmentId!: string | null;
  @LooseRef({ nullable: true }) sequenceId!: string | null;
  @LooseRef({ nullable: true }) stepId!: string | null;
  /** 1-based place of the step in its version. */
  @Whole({ nullable: true }) stepPosition!: number | null;
  /** Calls are tried again: 1, 2, … */
  @Whole({ initially: 1 }) attempt!: number;
  /** A/B variant, 0-based. */
  @Whole({ nullable: true }) variant!: number | null;
}
