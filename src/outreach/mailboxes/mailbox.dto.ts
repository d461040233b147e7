import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { SECURITIES, type Security } from '../../mail/mail-account.js';
import { AsFlag, AsNumber, AsTrimmed, Nested } from '../../shared/input-fields.js';
import type { Mailbox } from './mailbox.entity.js';
import { MOST_A_DAY } from './send-budget.js';

export class ServerInput {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(253) host!: string;
  @AsNumber() @IsInt() @Min(1) @Max(65535) port!: number;
  /** `none` only where a server in the house knows no other. */
  @IsIn(SECURITIES) security!: Security;
  /** Left out: the address. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(254) user?: string | null;
  /** Left out when editing: stays as it is. Never given back. */
  @IsOptional() @IsString() @MaxLength(500) password?: string | null;
}

export class InboxServerInput extends ServerInput {
  /** Left out: INBOX. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) folder?: string | null;
}

class MailboxDetails {
  @IsOptional() @IsString() @MaxLength(36) userId?: string | null;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(MOST_A_DAY) dailyCap?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(7200) gapMinSeconds?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(7200) gapMaxSeconds?: number;
  /** Saved without signing in anywhere; it rests until a test succeeds. */
  @IsOptional() @AsFlag() @IsBoolean() isUntested?: boolean;
}

export class MailboxInput extends MailboxDetails {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(254) address!: string;
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(120) senderName!: string;
  @Nested(() => ServerInput) smtp!: ServerInput;
  @Nested(() => InboxServerInput) imap!: InboxServerInput;
}

export class MailboxChangeInput extends MailboxDetails {
  @IsOptional() @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(120) senderName?: string;
  @IsOptional() @Nested(() => ServerInput) smtp?: ServerInput;
  @IsOptional() @Nested(() => InboxServerInput) imap?: InboxServerInput;
}

export class MailboxPauseInput {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) note?: string;
}

export type MailboxOutput = Omit<Mailbox, 'secrets' | 'uid' | 'uidValidity'> & {
  /** False: mail is kept on screen (MAIL=outbox), and servers and passwords were not tried, whatever the state says. */
  isLive: boolean;
};

/** Everything but the passwords and the place in the folder. */
export function mailboxOutput(mailbox: Mailbox, isLive: boolean): MailboxOutput {
  const { secrets: _secrets, uid: _uid, uidValidity: _uidValidity, ...shown } = mailbox;
  return { ...shown, isLive };
}
