import { Entity, Index } from 'typeorm';
import { Contact } from '../clients/contact.entity.js';
import { Client } from '../clients/client.entity.js';
import { type Criterion, Engagement, type PriceTerms } from '../clients/engagement.entity.js';
import { Choice, Day, Flag, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../database/columns.js';
import { Prospect } from '../prospects/prospect.entity.js';
import type { Attribution } from './attribution.js';
import type { MeetingState, QualificationState } from './meeting-moves.js';

/** A slot fixed between a prospect and a person of the client. Terms, criteria and attribution are frozen at booking. */
@Entity()
@Index(['clientId', 'startsAt'])
@Index(['hostId', 'startsAt'])
export class Meeting {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) prospectId!: string;
  @Ref(() => Engagement, { nullable: true, whenGone: 'SET NULL' }) engagementId!: string | null;
  @Ref(() => Contact, { isIndexed: false }) hostId!: string;
  @Instant() startsAt!: Date;
  @Instant() endsAt!: Date;
  /** The first time agreed; kept when it is moved. */
  @Instant() originalStartsAt!: Date;
  @Text({ nullable: true }) place!: string | null;
  @Choice({ initially: 'booked' }) state!: MeetingState;
  @Instant() stateAt!: Date;
  /** Held because nobody said otherwise in time; shown as such. */
  @Flag() isDeemedHeld!: boolean;
  @LooseRef({ nullable: true }) bookedBy!: string | null;
  @Instant() bookedAt!: Date;

  @Whole({ nullable: true }) engagementVersion!: number | null;
  @Json({ nullable: true }) price!: PriceTerms | null;
  @Json({ nullable: true }) qualificationCriteria!: Criterion[] | null;
  @Whole({ initially: 5 }) acceptanceDays!: number;
  /** Null: unattributed. */
  @Json({ nullable: true }) attribution!: Attribution | null;

  @Choice({ initially: 'none' }) qualification!: QualificationState;
  /** Keys of the criteria the SDR claims are met. */
  @Json({ nullable: true }) claimedCriteria!: string[] | null;
  @Instant({ nullable: true }) claimedAt!: Date | null;
  @LooseRef({ nullable: true }) claimedBy!: string | null;
  /** The last day the client may contest. */
  @Day({ nullable: true }) decideBy!: string | null;
  @Instant({ nullable: true }) decidedAt!: Date | null;
  @LooseRef({ nullable: true }) decidedBy!: string | null;
  /** The criterion contested, and the client's words. */
  @Text({ nullable: true }) contestedCriterion!: string | null;
  @Text({ nullable: true }) contestText!: string | null;

  /** RFC 5545 SEQUENCE of the invitation. */
  @Whole({ initially: 0 }) invitationSequence!: number;
  @Whole({ initially: 1 }) version!: number;
}
