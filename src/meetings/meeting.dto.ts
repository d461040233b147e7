import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { AsFlag, AsList, AsNumber, AsTrimmed } from '../shared/input-fields.js';
import { IsInstant } from '../shared/is-instant.js';
import { PAGE_LIMIT } from '../shared/paging.js';
import {
  type MeetingState,
  meetingStates,
  type QualificationState,
  qualificationStates,
} from './meeting-moves.js';

/** A change names the version of the meeting it was decided on, so that it never overwrites somebody else's. */
class MeetingChange {
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(2_000_000_000) version?: number;
}

export class BookMeeting {
  /** ISO 8601 with `Z` or an offset. */
  @IsInstant() startsAt!: string;
  /** A person of the client who takes meetings. */
  @IsUUID() hostId!: string;
  /** An address, a room, a link. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) place?: string;
  /** 30 when left out. */
  @IsOptional() @AsNumber() @IsInt() @Min(5) @Max(480) durationMinutes?: number;
  /** The time has passed, and is meant: a meeting that took place is written down, at most 31 days later. */
  @IsOptional() @AsFlag() @IsBoolean() hasTakenPlace?: boolean;
}

export class RescheduleMeeting extends MeetingChange {
  @IsInstant() startsAt!: string;
  @IsOptional() @IsUUID() hostId?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) place?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(5) @Max(480) durationMinutes?: number;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) reason?: string;
}

export class HoldMeeting extends MeetingChange {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(2000) note?: string;
}

export class MarkNoShow extends MeetingChange {
  /** Who did not come; the guest when left out. */
  @IsOptional() @IsIn(['guest', 'host']) by?: 'guest' | 'host';
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(2000) note?: string;
}

export class CancelMeeting extends MeetingChange {
  @IsIn(['guest', 'client', 'agency']) by!: 'guest' | 'client' | 'agency';
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(500) reason?: string;
}

export class ClaimMeeting extends MeetingChange {
  /** Keys of the criteria that are met: all those frozen at booking. */
  @IsOptional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  criteria: string[] = [];
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(2000) note?: string;
}

export class AcceptMeeting extends MeetingChange {}

export class ContestMeeting extends MeetingChange {
  /** Key of a criterion, `not_held` or `other`. */
  @MaxLength(100) @IsString() @IsNotEmpty() criterion!: string;
  @MaxLength(2000) @IsString() @IsNotEmpty() @AsTrimmed() text!: string;
}

/** What a list of meetings shows: a pile of the day's work, or all of them. */
export const meetingPiles = ['upcoming', 'to_report', 'to_claim', 'to_confirm', 'contested', 'past'] as const;
export type MeetingPile = (typeof meetingPiles)[number];

export class MeetingFilter {
  @IsOptional() @IsIn(meetingPiles) pile?: MeetingPile;
  @IsOptional() @IsIn(meetingStates) state?: MeetingState;
  @IsOptional() @IsIn(qualificationStates) qualification?: QualificationState;
  @IsOptional() @IsUUID() hostId?: string;
  @IsOptional() @IsUUID() prospectId?: string;
  /** Days of the client, both included. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) from?: string;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) to?: string;
  @IsOptional() @IsIn(['startsAt', '-startsAt']) sort?: 'startsAt' | '-startsAt';
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}
