import { Entity, Index } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import type { Channel } from '../outreach/outcomes.js';
import type { SequenceState } from './sequence-states.js';

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
  @Whole({ initially: 1 }) version!: number;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @Instant({ nullable: true }) launchedAt!: Date | null;
}

/** The steps as they stood; an enrolment keeps its version. */
@Entity()
@Index(['sequenceId', 'version'], { unique: true })
export class SequenceVersion {
  @Id() id!: string;
  @Ref(() => Sequence, { whenGone: 'CASCADE' }) sequenceId!: string;
  @Whole() version!: number;
  @Json() steps!: Step[];
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
  @LooseRef({ nullable: true }) approvedBy!: string | null;
  @Instant({ nullable: true }) approvedAt!: Date | null;
}
