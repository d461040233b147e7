import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AsList, AsTrimmed } from '../shared/input-fields.js';
import { BULK_KINDS, BULK_STATUSES, type BulkKind, type BulkStatus } from './bulk-act.js';
import { ProspectFilter } from './prospect-list.dto.js';

/** One act on many: on the prospects named, or on all that a filter finds. */
export class BulkActInput {
  @IsIn(BULK_KINDS) kind!: BulkKind;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ProspectFilter) filter?: ProspectFilter;
  @IsOptional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  prospectIds?: string[];
  /** `status`: where to. */
  @IsOptional() @IsIn(BULK_STATUSES) to?: BulkStatus;
  /** `owner`: one, or several who take turns; none frees the prospects. */
  @IsOptional()
  @AsList()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  ownerIds?: string[];
  /** `enlist`, `delist`: a list of the client … */
  @IsOptional() @IsString() @MaxLength(36) listId?: string;
  /** … or, for `enlist`, the name of a new one. */
  @IsOptional() @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) newList?: string;
  /** `suppress`: why. */
  @IsOptional() @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) reason?: string;
  /** Anything of the caller's own: the same person asking with the same key finds the act of the first time. */
  @IsOptional() @IsString() @MaxLength(64) clickKey?: string;
}

export class LeftQuery {
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}
