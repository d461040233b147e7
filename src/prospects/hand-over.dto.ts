import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { AsList } from '../shared/input-fields.js';

/** Whose prospects at which clients go to whom; to nobody when no one is named. */
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
}
