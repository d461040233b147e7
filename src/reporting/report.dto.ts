import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { AsNumber } from '../shared/input-fields.js';
import { PAGE_LIMIT } from '../shared/paging.js';
import { type Breakdown, type View, breakdowns, views } from './report-request.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `?view=cohort|period&from=&to=&by=channel|sequence|sdr|icp`; without days, the client's running month. */
export class ReportQuery {
  @IsOptional() @IsIn(views) view?: View;
  @IsOptional() @Matches(DAY) from?: string;
  @IsOptional() @Matches(DAY) to?: string;
  @IsOptional() @IsIn(breakdowns) by?: Breakdown;
}

/** As the report, and which of its figures: `figure` is a key of `counts`, `line` the id of a line or `none`. */
export class RowsQuery extends ReportQuery {
  @IsString() @MaxLength(60) figure!: string;
  @IsOptional() @IsString() @MaxLength(36) line?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}
