import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { HUMAN_CLASSES, type HumanClass } from '../../mail/mail-class.js';
import { type ProspectStatus, prospectStatuses } from '../../prospects/status/status.js';
import { AsNumber, AsTrimmed, Ids } from '../../shared/input-fields.js';

/** Steps may be overdue for at least so many days. */
export const OVERDUE_DAYS = [1, 3, 7, 14, 30] as const;

/** What every button of the panel sends along. */
export class PanelForm {
  /** The prospect to open next. */
  @IsOptional() @IsString() @MaxLength(36) next?: string;
  @IsOptional() @IsIn(['mine', 'team']) of?: 'mine' | 'team';
  /** The browser tab. */
  @IsOptional() @IsString() @MaxLength(36) tab?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(4000) note?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) position?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(1) attempt?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  /** The step's outcome. */
  @IsOptional() @IsString() @MaxLength(40) result?: string;
  /** The status picked. */
  @IsOptional() @IsIn(prospectStatuses) to?: ProspectStatus;
  /** `later`: a day offered, or one typed. */
  @IsOptional() @IsString() @MaxLength(10) until?: string;
  @IsOptional() @IsString() @MaxLength(10) day?: string;
  /** The hour to call, on the agency's clock. */
  @IsOptional() @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) time?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(400) reason?: string;
  /** What an answer is, and whom it points at. */
  @IsOptional() @IsIn(HUMAN_CLASSES) class?: HumanClass;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(240) referralName?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(320) referralEmail?: string;
  /** Colleagues who wait. */
  @IsOptional() @Ids(200) enrolments?: string[];
  /** An answer to the mail. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(20_000) text?: string;
}

/** Overdue work to pass over. */
export class SkipForm {
  @AsNumber() @IsIn(OVERDUE_DAYS) days!: number;
  @IsOptional() @IsIn(['mine', 'team']) of?: 'mine' | 'team';
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) reason!: string;
}

export class DraftForm {
  @IsOptional() @IsString() @MaxLength(36) tab?: string;
  @IsOptional() @IsString() @MaxLength(4000) note?: string;
}
