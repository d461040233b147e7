import { IsIn, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { AsNumber, AsTrimmed } from '../../shared/input-fields.js';
import { prospectStatuses, type ProspectStatus } from './status.js';

/** What a person says when moving a prospect. */
export class StatusChange {
  @IsIn(prospectStatuses) to!: ProspectStatus;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(400) reason?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(4000) note?: string;
  /** `later`: the day to come back on, `YYYY-MM-DD`. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) until?: string;
  /** `later`: the hour to call, `HH:mm` on the agency's clock; left out: any time that day. */
  @IsOptional() @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) time?: string;
  /** The version on the screen; when somebody changed the prospect since, the change is refused. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
}
