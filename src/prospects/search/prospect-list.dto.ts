import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AsCut, AsFlag, AsNumber } from '../../shared/input-fields.js';
import { PAGE_LIMIT } from '../../shared/paging.js';
import { prospectStatuses, type ProspectStatus } from '../status/status.js';

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

/** Which prospects of a client, in words that can be kept. */
export class StoredFilter {
  @IsOptional() @IsIn(prospectStatuses) status?: ProspectStatus;
  @IsOptional() @IsIn(FITS) fit?: Fit;
  /** Beginnings of words of a name, company, address, domain or title, in any order; accents and case do not count. Or a telephone number, from its sixth digit on. */
  @IsOptional() @AsCut(200) @IsString() q?: string;
  /** Id of a list. */
  @IsOptional() @IsString() @MaxLength(36) list?: string;
  /** Id of an import of this client: those it created or changed. */
  @IsOptional() @IsString() @MaxLength(36) import?: string;
  /** Id of the SDR; `none`, or `me` for whoever asks. */
  @IsOptional() @IsString() @MaxLength(36) owner?: string;
}

/** Which prospects of a client. */
export class ProspectFilter extends StoredFilter {
  /** Id of a saved filter: whoever is found meets it as well. */
  @IsOptional() @IsString() @MaxLength(36) segment?: string;
}

export class ProspectListQuery extends ProspectFilter {
  @IsOptional() @IsIn(PROSPECT_SORTS) sort?: ProspectSort;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}

export class ProspectFileQuery extends ProspectListQuery {
  /** CSV: begins with the mark of UTF-8. */
  @IsOptional() @AsFlag() @IsBoolean() bom?: boolean;
}

export class SearchQuery {
  /** Beginnings of words, as in a list. */
  @IsOptional() @AsCut(200) @IsString() q?: string;
}
