import { Entity, Index } from 'typeorm';
import { Day, Id, Instant, Json, LooseRef, Ref, Whole } from '../database/columns.js';
import { Client } from './client.entity.js';
import type { Criterion, PriceTerms, Targets } from './engagement-terms.js';

export type { Criterion, PriceTerms, Targets };

/** A dated contract with a client. What may change over time lives in its versions. */
@Entity()
export class Engagement {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE' }) clientId!: string;
  @Day() startsOn!: string;
  /** Last day, included; null = open-ended. */
  @Day({ nullable: true }) endsOn!: string | null;
  /** The version in force. */
  @Whole({ initially: 1 }) version!: number;
  @Instant() createdAt!: Date;
}

/** Terms and criteria as agreed at one moment; appended, never edited, so that a meeting can freeze them. */
@Entity()
@Index(['engagementId', 'version'], { unique: true })
export class EngagementVersion {
  @Id() id!: string;
  @Ref(() => Engagement, { whenGone: 'CASCADE' }) engagementId!: string;
  @Whole() version!: number;
  /** The first day billed under these terms; where two versions claim a day, the later version has it. */
  @Day() appliesFromOn!: string;
  @Json() price!: PriceTerms;
  @Json() targets!: Targets;
  @Json() qualificationCriteria!: Criterion[];
  /** Business days the client has to accept or contest a claim. */
  @Whole() acceptanceDays!: number;
  /** The agency's referent (a user) and the client's (a contact). */
  @LooseRef({ nullable: true }) agencyReferentId!: string | null;
  @LooseRef({ nullable: true }) clientReferentId!: string | null;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Instant() createdAt!: Date;
}
