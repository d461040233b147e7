import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { AsFlag, AsList } from '../shared/input-fields.js';

/** At which clients the prospects go, and to whom. */
export class HandOverInput {
  @AsList()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  clientIds!: string[];

  /** Several take turns. */
  @IsOptional()
  @AsList()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  toIds?: string[];

  /** To nobody, on purpose. */
  @IsOptional() @AsFlag() @IsBoolean() isFreed?: boolean;
}
