import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { SEGMENTS, type Segment } from '../../icp/fit-summary.js';

/** What the form offers as already chosen. */
export class TrialChoice {
  @IsOptional() @IsString() @MaxLength(36) version?: string;
  @IsOptional() @IsString() @MaxLength(36) list?: string;
  /** Id of a saved filter. */
  @IsOptional() @IsString() @MaxLength(36) segment?: string;
}

export class IcpTrialQuery {
  /** By what the fit rate is cut. */
  @IsOptional() @IsIn(SEGMENTS) by?: Segment;
}
