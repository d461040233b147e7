import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ProspectFilter } from '../prospects/prospect-list.dto.js';
import { AsNumber } from '../shared/input-fields.js';

/** Whom to enrol: the people named, or everybody a filter finds. */
export class EnrolmentInput {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  prospectIds?: string[];

  @IsOptional() @IsObject() @ValidateNested() @Type(() => ProspectFilter) filter?: ProspectFilter;
}

/** How a due step ended. `position` and `attempt` say which one was on the screen. */
export class StepOutcomeInput {
  @IsString() @IsNotEmpty() @MaxLength(40) result!: string;
  @AsNumber() @IsInt() @Min(1) position!: number;
  @AsNumber() @IsInt() @Min(1) attempt!: number;
  @IsOptional() @IsString() @MaxLength(4000) note?: string;
}

export class PauseInput {
  @IsOptional() @IsISO8601() until?: string;
  @IsOptional() @IsString() @MaxLength(400) reason?: string;
}
