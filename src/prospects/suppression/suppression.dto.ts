import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { AsList, AsNumber, AsTrimmed } from '../../shared/input-fields.js';
import { PAGE_LIMIT } from '../../shared/paging.js';
import { SUPPRESSION_KINDS, type SuppressionKind } from './suppression.entity.js';

/** The channels an opposition may be limited to. */
export const SUPPRESSED_CHANNELS = ['email', 'linkedin', 'call'] as const;

export class SuppressionInput {
  @IsIn(SUPPRESSION_KINDS) kind!: SuppressionKind;
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) value!: string;
  /** Left out: every channel. */
  @IsOptional()
  @AsList()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsIn(SUPPRESSED_CHANNELS, { each: true })
  channels?: string[];
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) reason!: string;
}

export class LiftInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(400) reason!: string;
}

export class SuppressionQuery {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) q?: string;
  @IsOptional() @IsIn(SUPPRESSION_KINDS) kind?: SuppressionKind;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}
