import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { FIGURES, type Figure, SEGMENTS, type Segment } from '../../icp/fit-summary.js';
import { AsNumber } from '../../shared/input-fields.js';
import { PAGE_LIMIT } from '../../shared/paging.js';
import { FITS, type Fit, ProspectFilter } from '../search/prospect-list.dto.js';

/** A version of an ICP, and the prospects it is tried on: all of the client's unless a filter says which. */
export class TrialInput extends ProspectFilter {
  @IsString() @MaxLength(36) icpVersionId!: string;
}

const BEFORE = [...FITS, 'none'] as const;

/** Which of the judged: what is left out asks nothing. */
export class TrialRowsQuery {
  /** With `criterion`: the rows a figure of it counts. */
  @IsOptional() @IsIn(FIGURES) figure?: Figure;
  @IsOptional() @IsString() @MaxLength(60) criterion?: string;
  @IsOptional() @IsIn(FITS) verdict?: Fit;
  /** The verdict stored before the trial; `none` where there was none. */
  @IsOptional() @IsIn(BEFORE) before?: (typeof BEFORE)[number];
  /** With `value`: the rows of a segment; an empty value: those of whom it is not known. */
  @IsOptional() @IsIn(SEGMENTS) segment?: Segment;
  @IsOptional() @IsString() @MaxLength(80) value?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}

/** Whom to judge again: all of the client's prospects unless a filter says which. */
export class RejudgeInput extends ProspectFilter {}
