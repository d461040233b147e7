import { IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { AsFlag, AsTrimmed, Nested } from '../../shared/input-fields.js';
import { StoredFilter } from '../search/prospect-list.dto.js';

export class SavedFilterInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @Nested(() => StoredFilter) filter!: StoredFilter;
  /** For everybody who works for the client; one's own unless told. */
  @IsOptional() @AsFlag() @IsBoolean() isShared?: boolean;
}
