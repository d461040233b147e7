import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AsFlag, AsTrimmed } from '../shared/input-fields.js';
import { StoredFilter } from './prospect-list.dto.js';

export class SavedFilterInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @IsObject() @ValidateNested() @Type(() => StoredFilter) filter!: StoredFilter;
  /** For everybody who works for the client; one's own unless told. */
  @IsOptional() @AsFlag() @IsBoolean() isShared?: boolean;
}
