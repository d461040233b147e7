import { Column, Entity, Index } from 'typeorm';
import { Choice, Id, Instant, Json, LooseRef, Ref, Text } from '../../database/columns.js';
import type { BounceKind } from '../../mail/bounce-status.js';
import { Prospect } from '../../prospects/prospect.entity.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';
import type { OutgoingState } from './outgoing-state.js';

/**
 * One mail to one person, written down before it leaves: the row is the claim, and what a crash leaves behind tells how
 * far it came. Its id is the touch's. What counts against caps is counted here, by the instant of the claim.
 */
@Entity()
@Index(['mailboxId', 'claimedAt'])
@Index(['sequenceId', 'claimedAt'])
@Index(['clientId', 'toDomain', 'claimedAt'])
@Index(['clientId', 'state', 'claimedAt'])
// Few at any time, however many have left.
@Index(['state', 'claimedAt'], { where: "state IN ('claimed', 'sending', 'uncertain')" })
export class OutgoingMail {
  @Id() id!: string;
  @LooseRef() clientId!: string;
  @Ref(() => Prospect, { whenGone: 'CASCADE' }) prospectId!: string;
  @Ref(() => Mailbox, { whenGone: 'CASCADE', isIndexed: false }) mailboxId!: string;
  /** Null: written by a person, outside any sequence. */
  @Index()
  @LooseRef({ nullable: true })
  enrolmentId!: string | null;
  @LooseRef({ nullable: true }) sequenceId!: string | null;
  /** With its angle brackets, on the sending domain. */
  @Index({ unique: true })
  @Column('varchar', { length: 250 })
  messageId!: string;
  /** The id a relay put in its stead. */
  @Index({ where: 'relay_message_id IS NOT NULL' })
  @Column('varchar', { length: 250, nullable: true })
  relayMessageId!: string | null;
  /** Stands for this mail in unsubscribe links and plus-addresses (mail-token.ts); tells a stranger nothing. */
  @Index({ unique: true })
  @Column('varchar', { length: 32 })
  token!: string;
  @Column('varchar', { length: 320 }) toAddress!: string;
  @Text({ nullable: true }) toName!: string | null;
  /** What follows the @ of `toAddress`, in lower case. */
  @Column('varchar', { length: 255 }) toDomain!: string;
  @Text() subject!: string;
  @Text() text!: string;
  @Text({ nullable: true }) html!: string | null;
  @Text({ nullable: true }) inReplyTo!: string | null;
  /** The whole thread before it, oldest first. */
  @Json() references!: string[];
  @Choice() state!: OutgoingState;
  @Instant() claimedAt!: Date;
  /** When it was handed to the server: from here on it may have left. */
  @Instant({ nullable: true }) startedAt!: Date | null;
  /** When the server took it. */
  @Instant({ nullable: true }) sentAt!: Date | null;
  /** What the server answered, or why nothing was heard. */
  @Text({ nullable: true }) response!: string | null;
  /** Of a refusal: enhanced status code, and what it means. */
  @Column('varchar', { length: 20, nullable: true }) status!: string | null;
  @Choice({ nullable: true }) refusal!: BounceKind | null;
  @Instant({ nullable: true }) bouncedAt!: Date | null;
  @Instant({ nullable: true }) complainedAt!: Date | null;
  @Instant({ nullable: true }) unsubscribedAt!: Date | null;
}
