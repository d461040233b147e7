import { IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { type ProspectStatus, prospectStatuses } from '../prospects/status.js';
import { AsNumber, AsTrimmed } from '../shared/input-fields.js';

/** What every button of the panel sends along. */
export class PanelForm {
  /** The prospect to open next. */
  @IsOptional() @IsString() @MaxLength(36) next?: string;
  @IsOptional() @IsIn(['mine', 'team']) of?: 'mine' | 'team';
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
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(400) reason?: string;
}
