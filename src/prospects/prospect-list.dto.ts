import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AsNumber, AsTrimmed } from '../shared/input-fields.js';
import { PAGE_LIMIT } from '../shared/paging.js';
import { prospectStatuses, type ProspectStatus } from './status.js';

export const FITS = ['fit', 'unfit', 'unknown'] as const;
export type Fit = (typeof FITS)[number];

export const PROSPECT_SORTS = [
  '-lastActivityAt',
  'lastActivityAt',
  'name',
  '-name',
  'company',
  '-company',
  '-fitScore',
  'fitScore',
] as const;
export type ProspectSort = (typeof PROSPECT_SORTS)[number];

/** Which prospects of a client. */
export class ProspectFilter {
  @IsOptional() @IsIn(prospectStatuses) status?: ProspectStatus;
  @IsOptional() @IsIn(FITS) fit?: Fit;
  /** Part of a name, company, address, domain or title; accents and case do not count. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) q?: string;
  /** Id of a list. */
  @IsOptional() @IsString() @MaxLength(36) list?: string;
  /** Id of the SDR, or `none`. */
  @IsOptional() @IsString() @MaxLength(36) owner?: string;
}

export class ProspectListQuery extends ProspectFilter {
  @IsOptional() @IsIn(PROSPECT_SORTS) sort?: ProspectSort;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}
