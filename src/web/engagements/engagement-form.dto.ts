import { IsDateString, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Locale } from '../../accounts/actor.js';
import { criteriaFromLines } from '../../clients/criteria-lines.js';
import { type Criterion, FEE_BASES, type FeeBasis } from '../../clients/engagement-terms.js';
import type { EngagementChangeInput } from '../../clients/engagement.dto.js';
import { InvalidInput } from '../../shared/errors.js';
import { AsNumber, Nested } from '../../shared/input-fields.js';
import { parseMoney } from '../../shared/money.js';

const AMOUNTS = ['setupCents', 'retainerCents', 'dayRateCents', 'feePerUnitCents', 'feeCapCents'] as const;

/** Amounts as people type them ("3 500,00"), under the names of the cents they become. */
class PriceForm {
  @IsOptional() @IsString() @MaxLength(40) setupCents?: string;
  @IsOptional() @IsString() @MaxLength(40) retainerCents?: string;
  @IsOptional() @IsString() @MaxLength(40) dayRateCents?: string;
  @IsOptional() @AsNumber() @Min(0) @Max(31) daysPerMonth?: number;
  @IsOptional() @IsString() @MaxLength(40) feePerUnitCents?: string;
  @IsOptional() @IsIn(FEE_BASES) feeBasis?: FeeBasis;
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(1000) includedUnits?: number;
  @IsOptional() @IsString() @MaxLength(40) feeCapCents?: string;
}

class TargetsForm {
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(1000) held?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(1000) qualified?: number;
}

export class EngagementForm {
  @IsDateString({ strict: true }) @MaxLength(10) startsOn!: string;
  @IsOptional() @IsDateString({ strict: true }) @MaxLength(10) endsOn?: string;
  @Nested(() => PriceForm) price: PriceForm = new PriceForm();
  @Nested(() => TargetsForm) targets: TargetsForm = new TargetsForm();
  /** One a line. */
  @IsOptional() @IsString() @MaxLength(5000) qualificationCriteria?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(30) acceptanceDays?: number;
  @IsOptional() @IsString() @MaxLength(36) agencyReferentId?: string;
  @IsOptional() @IsString() @MaxLength(36) clientReferentId?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  @IsOptional() @IsDateString({ strict: true }) @MaxLength(10) appliesFromOn?: string;
}

/**
 * The form as the service takes it. `before`: the criteria of the version being changed.
 * @throws InvalidInput naming each amount that is none
 */
export function engagementInput(
  form: EngagementForm,
  locale: Locale,
  before: readonly Criterion[],
): EngagementChangeInput {
  const { price, qualificationCriteria, ...rest } = form;
  const { setupCents, retainerCents, dayRateCents, feePerUnitCents, feeCapCents, ...counts } = price;
  const typed = { setupCents, retainerCents, dayRateCents, feePerUnitCents, feeCapCents };
  const cents = AMOUNTS.map((name) => [name, centsOf(typed[name], locale)] as const);
  const wrong = cents.filter(([, amount]) => amount === 'notAmount');
  if (wrong.length > 0)
    throw new InvalidInput(Object.fromEntries(wrong.map(([name]) => [`price.${name}`, 'notAmount'])));
  return {
    ...rest,
    price: { ...counts, ...Object.fromEntries(cents.filter(([, amount]) => amount !== undefined)) },
    qualificationCriteria: criteriaFromLines(qualificationCriteria ?? '', before).map(({ key, label }) =>
      key === undefined ? { label } : { key, label },
    ),
  };
}

function centsOf(text: string | undefined, locale: Locale): number | 'notAmount' | undefined {
  if (text === undefined) return undefined;
  const cents = parseMoney(text, locale);
  return cents === null || cents < 0 ? 'notAmount' : cents;
}
