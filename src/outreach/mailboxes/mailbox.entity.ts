import { Column, Entity, Index } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Choice, Day, Id, Instant, Json, LooseRef, Ref, Text, Whole } from '../../database/columns.js';
import type { ServerLogin } from '../../mail/mail-account.js';

export type MailboxState = 'active' | 'paused';

/**
 * Why a mailbox rests: a person's wish, never tested, a guard's figures, refused for our sake, a lost password; or for
 * good: `retired`, its passwords gone, its mails and threads kept.
 */
export const MAILBOX_PAUSES = ['byHand', 'untested', 'guard', 'senderBlocked', 'signIn', 'retired'] as const;
export type MailboxPause = (typeof MAILBOX_PAUSES)[number];

/** An address mail leaves from and comes back to, for one client. */
@Entity()
@Index(['clientId', 'address'], { unique: true })
export class Mailbox {
  @Id() id!: string;
  @Ref(() => Client, { whenGone: 'CASCADE', isIndexed: false }) clientId!: string;
  /** Normalised. */
  @Column('varchar', { length: 254 }) address!: string;
  /** Shown beside the address. */
  @Text() senderName!: string;
  /** Whose it is, when it is one person's. */
  @LooseRef({ nullable: true }) userId!: string | null;
  @Json() smtp!: ServerLogin;
  @Json() imap!: ServerLogin & { folder: string };
  /** Both passwords, sealed (config/secret-box.ts); empty once it was retired. Read by mailbox-accounts.service.ts alone. */
  @Text() secrets!: string;
  /** Messages in 24 h at most, once the ramp is over; never above 50. */
  @Whole({ initially: 30 }) dailyCap!: number;
  /** The day the ramp of 10/15/20/25/30 began; null: it begins with the first message. */
  @Day({ nullable: true }) rampStartedOn!: string | null;
  /** Seconds between two messages: a random number between these. */
  @Whole({ initially: 180 }) gapMinSeconds!: number;
  @Whole({ initially: 600 }) gapMaxSeconds!: number;
  @Choice({ initially: 'active' }) state!: MailboxState;
  @Choice({ nullable: true }) pausedReason!: MailboxPause | null;
  /** The figures or words behind it. */
  @Text({ nullable: true }) pausedNote!: string | null;
  @Instant({ nullable: true }) pausedAt!: Date | null;
  /** Bounces, complaints and opt-outs count against the guards since somebody last let it go on. */
  @Instant({ nullable: true }) guardSince!: Date | null;
  @Instant({ nullable: true }) lastSentAt!: Date | null;
  @Instant({ nullable: true }) lastCheckedAt!: Date | null;
  /** Why the last check failed (`<step>`); null: it went well. */
  @Text({ nullable: true }) lastError!: string | null;
  /** Position in the folder; UIDs and UIDVALIDITY are 32 bits without sign, so text and a long. */
  @Column('varchar', { length: 20, nullable: true }) uidValidity!: string | null;
  @Column('bigint', { nullable: true }) uid!: number | null;
  @Instant() createdAt!: Date;
  @LooseRef({ nullable: true }) createdBy!: string | null;
  @Whole({ initially: 1 }) version!: number;
}
