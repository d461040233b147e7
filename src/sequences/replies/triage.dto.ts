import { IsIn, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { HUMAN_CLASSES, type HumanClass } from '../../mail/mail-class.js';
import { AsTrimmed } from '../../shared/input-fields.js';

/** What a person says an answer is. */
export class TriageInput {
  @IsIn(HUMAN_CLASSES) class!: HumanClass;
  /** `later`: the day to come back on, and perhaps the hour on the agency's clock. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) until?: string;
  @IsOptional() @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) time?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(4000) note?: string;
  /** `referral`: whom they point at; an address of a prospect of the client, or of somebody new. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(240) referralName?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(320) referralEmail?: string;
}

/** Whose a mail is. */
export class MailOwnerInput {
  @IsString() @MaxLength(36) prospectId!: string;
}

/** What a person writes back. */
export class AnswerInput {
  @IsString() @IsNotEmpty() @MaxLength(20_000) text!: string;
}
