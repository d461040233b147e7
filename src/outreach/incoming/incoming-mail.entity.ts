import { Column, Entity, Index } from 'typeorm';
import { Choice, Day, Id, Instant, Json, LooseRef, Ref, Text } from '../../database/columns.js';
import type { HumanClass, MailClass } from '../../mail/mail-class.js';
import type { FailedRecipient } from '../../mail/failed-recipient.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';

/** `unmatched`: nobody knows whose it is. `to_triage`: a person decides. `handled`: nothing is left to do. */
export type IncomingState = 'unmatched' | 'to_triage' | 'handled';

/** One mail that came in: stored once however often it is read, and never changed but for what people say of it. */
@Entity()
@Index(['mailboxId', 'uidValidity', 'uid'], { unique: true })
@Index(['mailboxId', 'messageId'], { unique: true })
@Index(['clientId', 'state', 'receivedAt'])
@Index(['prospectId', 'receivedAt'])
export class IncomingMail {
  @Id() id!: string;
  @Ref(() => Mailbox, { whenGone: 'CASCADE', isIndexed: false }) mailboxId!: string;
  @LooseRef() clientId!: string;
  @LooseRef({ nullable: true }) prospectId!: string | null;
  /** The message it answers (outgoing_mail.id = touch.id). */
  @LooseRef({ nullable: true }) touchId!: string | null;
  @LooseRef({ nullable: true }) enrolmentId!: string | null;
  @Column('varchar', { length: 20 }) uidValidity!: string;
  @Column('bigint') uid!: number;
  /** With its angle brackets; made up from the content where the mail has none. At most 250 characters. */
  @Column('varchar', { length: 250 }) messageId!: string;
  @Text({ nullable: true }) inReplyTo!: string | null;
  @Json() references!: string[];
  @Text() fromAddress!: string;
  @Text({ nullable: true }) fromName!: string | null;
  @Text() subject!: string;
  /** When the mailbox received it. */
  @Instant() receivedAt!: Date;
  @Choice() machineClass!: MailClass;
  /** 0–1: how sure the machine is. */
  @Column('float') confidence!: number;
  /** What a person says it is; beats the machine's class everywhere. */
  @Choice({ nullable: true }) humanClass!: HumanClass | null;
  /** Out-of-office: the day they are back. */
  @Day({ nullable: true }) resumeOn!: string | null;
  /** What is new in it: no quotations, no signature. */
  @Text() replyText!: string;
  @Text() text!: string;
  /** Sanitised; null when the mail had no HTML. */
  @Text({ nullable: true }) html!: string | null;
  /** The iCalendar part of an answer to an invitation, as it came. */
  @Text({ nullable: true }) calendar!: string | null;
  /** Of a bounce or complaint: whom it is about. */
  @Json() recipients!: FailedRecipient[];
  @Choice() state!: IncomingState;
  /** When the enrolments heard of it; null: they still have to (a crash came between). */
  @Index()
  @Instant({ nullable: true })
  actedAt!: Date | null;
  @Instant({ nullable: true }) handledAt!: Date | null;
  @LooseRef({ nullable: true }) handledBy!: string | null;
}
