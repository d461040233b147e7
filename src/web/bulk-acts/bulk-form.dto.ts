import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import {
  BULK_KINDS,
  BULK_STATUSES,
  type BulkKind,
  type BulkStatus,
} from '../../prospects/bulk-acts/bulk-act.js';
import { MembersInput } from '../../prospects/lists/list.dto.js';
import { AsFlag, AsTrimmed } from '../../shared/input-fields.js';

/** The bar below a list: the button names the act, the other fields say whom and what. */
export class BulkForm extends MembersInput {
  @IsIn(BULK_KINDS) act!: BulkKind;
  /** All that the list's filter finds, not only those ticked. */
  @IsOptional() @AsFlag() @IsBoolean() everyone?: boolean;
  @IsOptional() @IsIn(BULK_STATUSES) to?: BulkStatus;
  @IsOptional() @IsString() @MaxLength(36) ownerId?: string;
  @IsOptional() @IsString() @MaxLength(36) listId?: string;
  @IsOptional() @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) newList?: string;
  @IsOptional() @IsString() @MaxLength(36) sequenceId?: string;
  @IsOptional() @IsString() @MaxLength(36) openList?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(400) reason?: string;
  /** The list as it was on the screen. */
  @IsOptional() @IsString() @MaxLength(2000) back?: string;
  /** Made with the page: tells a second click from a second act. */
  @IsOptional() @IsString() @MaxLength(64) formKey?: string;
}
