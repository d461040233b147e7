import { Entity, Index } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import type { Channel } from '../outreach/touches/outcomes.js';
import type { GuardStop } from '../outreach/mailboxes/rate-guards.js';
import type { SequenceState, VersionState } from './sequence-states.js';

/** One text of a step; email alone has a subject. */
export interface Variant {
  subject?: string;
  body: string;
}

/** One step. `id` stays when the step is edited or moved; `day` counts business days from enrolment, 0 = the same day. */
export interface Step {
  id: string;
  day: number;
  channel: Channel;
  variants: Variant[];
}

/** A series of touches for a client's prospects. Its steps live in its versions. */
@Entity()
export class Sequence {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @Text() name!: string;
  @Choice({ initially: 'draft' }) state!: SequenceState;
  /** `fr` or `en`: the language its messages are written in, and that of the notice block. */
  @Choice({ initially: 'fr' }) locale!: string;
  /** The newest version, the one being written. */
  @Whole({ initially: 1 }) version!: number;
  /** The version people are enrolled with; null until one is approved. */
  @Whole({ nullable: true }) approvedVersion!: number | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) launchedAt!: Date | null;
  /** Mails in 24 h at most, over all mailboxes; null: theirs alone count. */
  @Whole({ nullable: true }) dailyCap!: number | null;
  /** Bounces, complaints and opt-outs count against the guards since somebody last let it go on. */
  @Instant({ nullable: true }) guardSince!: Date | null;
  /** The figures a guard stopped it for; null while none has. */
  @Json({ nullable: true }) guardStop!: GuardStop | null;
}

/** The steps as they stood; an enrolment keeps its version. Once submitted, its texts never change again. */
@Entity()
@Index(['sequenceId', 'version'], { unique: true })
export class SequenceVersion {
  @Id() id!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE' }) sequenceId!: string;
  @Whole() version!: number;
  @Choice({ initially: 'draft' }) state!: VersionState;
  @Json() steps!: Step[];
  /** The notice block as it was submitted; null while it still follows the client's record. */
  @Text({ nullable: true }) notice!: string | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @LooseRef({ nullable: true }) submittedBy!: string | null;
  @Instant({ nullable: true }) submittedAt!: Date | null;
  @LooseRef({ nullable: true }) approvedBy!: string | null;
  @Instant({ nullable: true }) approvedAt!: Date | null;
  /** SHA-256 of the texts approved (text-seal.ts). */
  @Text({ nullable: true }) approvedSeal!: string | null;
}
