import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AsFlag, AsTrimmed } from '../../shared/input-fields.js';
import { COST_INPUTS } from './cost-inputs.js';

export class AssumptionInput {
  /** `agency`, `inHouse` or `both`. */
  @IsString() @MaxLength(20) side!: string;
  /** Name of the input as in `POST /cost-comparisons`. */
  @IsString() @MaxLength(40) input!: string;
  /** As in `POST /cost-comparisons`; a text is read as a person types it (money in units, shares in per cent). */
  @IsOptional() value?: unknown;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) source?: string | null;
  /** Left out: a hypothesis. */
  @IsOptional() @AsFlag() @IsBoolean() isConfirmed?: boolean;
}

export class AssumptionsInput {
  @IsArray()
  @ArrayMaxSize(COST_INPUTS.length)
  @ValidateNested({ each: true })
  @Type(() => AssumptionInput)
  items!: AssumptionInput[];
}
