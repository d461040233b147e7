import { IsOptional, IsString, MaxLength } from 'class-validator';
import { DuplicatesQuery, MergeInput } from '../../prospects/merge/merge.dto.js';

export class DuplicatesPageQuery extends DuplicatesQuery {
  /** The two shown side by side; `one` would survive. */
  @IsOptional() @IsString() @MaxLength(36) one?: string;
  @IsOptional() @IsString() @MaxLength(36) other?: string;
}

export class MergeForm extends MergeInput {
  @IsString() @MaxLength(36) survivorId!: string;
}
