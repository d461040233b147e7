import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AsFlag, AsTrimmed } from '../shared/input-fields.js';
import { COST_INPUTS } from './cost-inputs.js';

/** A form of many rows arrives as an object of numbered rows. */
const AsRows = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.values(value).map((row: unknown) => Object.assign(new AssumptionInput(), row))
      : value,
  );

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
  @AsRows()
  @IsArray()
  @ArrayMaxSize(COST_INPUTS.length)
  @ValidateNested({ each: true })
  @Type(() => AssumptionInput)
  items!: AssumptionInput[];
}
