import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDateString,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { AsNumber, AsTrimmed, Nested, together } from '../shared/input-fields.js';
import { FEE_BASES, type FeeBasis } from './engagement-terms.js';

/** Anything larger is refused by the rules with a better sentence; this only keeps numbers whole. */
const MOST = Number.MAX_SAFE_INTEGER;
const Amount = (): PropertyDecorator => together(IsOptional(), AsNumber(), IsInt(), Min(0), Max(MOST));

/** Integer cents of the client's currency, excluding VAT. Left out = 0. */
export class PriceInput {
  @Amount() setupCents?: number;
  @Amount() retainerCents?: number;
  @Amount() dayRateCents?: number;
  @IsOptional() @AsNumber() @IsNumber() @Min(0) @Max(31) daysPerMonth?: number;
  @Amount() feePerUnitCents?: number;
  @IsOptional() @IsIn(FEE_BASES) feeBasis?: FeeBasis;
  @Amount() includedUnits?: number;
  @ApiProperty({ type: Number, nullable: true }) @Amount() feeCapCents?: number | null;
}

/** Meetings a month; 0 or left out = no target. */
export class TargetsInput {
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(1000) held?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(1000) qualified?: number;
}

export class CriterionInput {
  /** Kept from version to version; made from the label when left out. */
  @IsOptional() @IsString() @Matches(/^[a-z0-9_-]{1,60}$/) key?: string;
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(200) label!: string;
}

/** A criterion may come as its label alone. */
const AsCriteria = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value)
      ? value.map((one: unknown) =>
          Object.assign(new CriterionInput(), typeof one === 'string' ? { label: one } : one),
        )
      : value,
  );

/** The whole of an engagement: saving it again with other terms makes a new version. */
export class EngagementInput {
  @IsDateString({ strict: true }) @MaxLength(10) startsOn!: string;
  /** Last day, included; left out = open-ended. */
  @IsOptional() @IsDateString({ strict: true }) @MaxLength(10) endsOn?: string | null;
  @Nested(() => TargetsInput) targets!: TargetsInput;
  @Nested(() => PriceInput) price!: PriceInput;
  @IsOptional()
  @AsCriteria()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  qualificationCriteria?: CriterionInput[];
  /** Business days of the client. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(30) acceptanceDays?: number;
  @IsOptional() @IsString() @MaxLength(36) agencyReferentId?: string | null;
  @IsOptional() @IsString() @MaxLength(36) clientReferentId?: string | null;
}

export class EngagementChangeInput extends EngagementInput {
  /** The version the writer saw; a newer one is not overwritten. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  /**
   * The first day billed under these terms. Left out: the first day of the engagement while its first month runs, else
   * the first day of next month.
   */
  @IsOptional() @IsDateString({ strict: true }) @MaxLength(10) appliesFromOn?: string | null;
}
