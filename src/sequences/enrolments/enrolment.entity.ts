import { Column, Entity, Index } from 'typeorm';
import { Choice, Flag, Id, Instant, LooseRef, Ref, Text, Whole } from '../../database/columns.js';
import type { Channel } from '../../outreach/touches/outcomes.js';
import { Prospect } from '../../prospects/prospect.entity.js';
import { Sequence, SequenceVersion } from '../sequence.entity.js';

/** A prospect going through one version of a sequence. */
@Entity()
@Index(['state', 'dueAt'])
@Index(['state', 'pausedUntil'])
@Index(['mailboxId', 'nextChannel', 'state', 'dueAt'])
@Index(['sequenceId', 'mailboxId', 'nextChannel', 'state', 'dueAt'])
@Index(['sequenceId', 'prospectId'], { unique: true })
// Those who wait for a colleague's answer: few of all, and asked for with every keystroke of the day's queue.
@Index(['clientId'], { where: "reason = 'colleague_replied'" })
export class Enrolment {
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) prospectId!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE', isIndexed: false }) sequenceId!: string;
  @Ref(() => SequenceVersion, { whenGone: 'CASCADE' }) sequenceVersionId!: string;
  /** Part of the test segment: goes on while the sequence is being tested; the others wait for the launch. */
  @Flag() isTest!: boolean;
  /** The test it belongs to. */
  @Index({ where: 'test_id IS NOT NULL' })
  @Column('varchar', { length: 36, nullable: true })
  testId!: string | null;
  /** `active`, `paused`, `finished`. */
  @Choice({ initially: 'active' }) state!: string;
  /** Why it is paused or finished: `replied`, `meeting`, `completed`, `opted_out`, `bounced`, `removed`, `failed` … */
  @Choice({ nullable: true }) reason!: string | null;
  @Instant({ nullable: true }) pausedUntil!: Date | null;
  /** 1-based place of the next step; null when finished. */
  @Whole({ nullable: true }) nextPosition!: number | null;
  /** The channel of that step: mail is the engine's, the rest are people's tasks. */
  @Choice({ nullable: true }) nextChannel!: Channel | null;
  /** The mailbox the thread began on; it stays there. Null: no mail has gone out yet. */
  @LooseRef({ nullable: true }) mailboxId!: string | null;
  /** Which attempt of that step is next (calls are tried again). */
  @Whole({ initially: 1 }) nextAttempt!: number;
  @Instant({ nullable: true }) dueAt!: Date | null;
  /** The next step is put off to this instant, whatever its date; `waitReason` says why (why-waiting.ts). */
  @Instant({ nullable: true }) notBefore!: Date | null;
  @Choice({ nullable: true }) waitReason!: string | null;
  @LooseRef({ nullable: true }) enrolledBy!: string | null;
  @Instant() enrolledAt!: Date;
  @Instant({ nullable: true }) finishedAt!: Date | null;
  @Text({ nullable: true }) note!: string | null;
}
