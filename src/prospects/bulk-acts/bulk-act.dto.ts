import { ArrayUnique, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { AsTrimmed, Ids, Nested } from '../../shared/input-fields.js';
import { BULK_KINDS, BULK_STATUSES, type BulkKind, type BulkStatus } from './bulk-act.js';
import { ProspectFilter } from '../search/prospect-list.dto.js';

/** One act on many: on the prospects named, or on all that a filter finds. */
export class BulkActInput {
  @IsIn(BULK_KINDS) kind!: BulkKind;
  @IsOptional() @Nested(() => ProspectFilter) filter?: ProspectFilter;
  @IsOptional()
  @Ids(1000)
  prospectIds?: string[];
  /** `status`: where to. */
  @IsOptional() @IsIn(BULK_STATUSES) to?: BulkStatus;
  /** `owner`: one, or several who take turns; none frees the prospects. */
  @IsOptional()
  @ArrayUnique()
  @Ids(50)
  ownerIds?: string[];
  /** `enlist`, `delist`: a list of the client … */
  @IsOptional() @IsString() @MaxLength(36) listId?: string;
  /** … or, for `enlist`, the name of a new one. */
  @IsOptional() @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) newList?: string;
  /** `suppress`: why. */
  @IsOptional() @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) reason?: string;
  /** `enrol`: into which sequence of the client. */
  @IsOptional() @IsString() @MaxLength(36) sequenceId?: string;
  /** Anything of the caller's own: the same person asking with the same key finds the act of the first time. */
  @IsOptional() @IsString() @MaxLength(64) clickKey?: string;
}

export class LeftQuery {
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}
