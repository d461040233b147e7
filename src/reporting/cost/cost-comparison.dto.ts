import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Max,
  Min,
  Validate,
  ValidateIf,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { Nested, together } from '../../shared/input-fields.js';
import { FEE_BASES, type FeeBasis } from '../../clients/engagement-terms.js';
import { Exact, isCurrency } from '../../shared/money.js';

/** Ten million of the currency: sums over ten years stay whole and exact. */
const MOST_CENTS = 1_000_000_000;
const MOST_MEETINGS = 10_000;
const MOST_MONTHS = 120;
/** Enough for any JSON number such as 0.1 + 0.2; the model's decimals are exact up to here. */
const MOST_DECIMALS = 20;

/** `null` is a value somebody sent, not an input left out: only undefined takes the default. */
const LeftOut = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

@ValidatorConstraint({ name: 'isCurrency' })
class IsCurrency implements ValidatorConstraintInterface {
  validate(code: unknown): boolean {
    return typeof code === 'string' && isCurrency(code);
  }
}

/** class-validator's own maxDecimalPlaces fails on numbers written with an exponent, such as 1e-15. */
@ValidatorConstraint({ name: 'fewDecimals' })
class FewDecimals implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'number' && new Exact(value).decimalPlaces() <= MOST_DECIMALS;
  }

  defaultMessage(): string {
    return `at most ${MOST_DECIMALS} decimals`;
  }
}

const Amount = (): PropertyDecorator => together(LeftOut(), IsInt(), Min(0), Max(MOST_CENTS));
const Quantity = (most: number): PropertyDecorator =>
  together(LeftOut(), Validate(FewDecimals), IsNumber(), Min(0), Max(most));
const Months = (least = 0): PropertyDecorator => together(LeftOut(), IsInt(), Min(least), Max(MOST_MONTHS));
const Flag = (): PropertyDecorator => together(LeftOut(), IsBoolean());
const Ramp = (): PropertyDecorator => {
  const each = { each: true };
  const share = [Validate(FewDecimals, each), IsNumber({}, each), Min(0, each), Max(1, each)];
  return together(LeftOut(), ...share, IsArray(), ArrayMaxSize(MOST_MONTHS));
};

class PaceInput {
  /** Shares of full speed in the first months; [] = full speed at once. */
  @Ramp() ramp?: number[];
  @Quantity(MOST_MEETINGS) bookedPerMonth?: number;
  @Quantity(1) showRate?: number;
  @Quantity(1) qualifiedRate?: number;
}

export class AgencyCostInput extends PaceInput {
  @Amount() setupCents?: number;
  @Amount() retainerCents?: number;
  @Flag() retainerDuringDelay?: boolean;
  @Amount() dayRateCents?: number;
  @Quantity(31) daysPerMonth?: number;
  @Amount() feePerUnitCents?: number;
  @LeftOut() @IsIn(FEE_BASES) feeBasis?: FeeBasis;
  @Quantity(MOST_MEETINGS) includedUnits?: number;
  /** null = no cap. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  feeCapCents?: number | null;
  @Amount() toolsCents?: number;
  @Quantity(744) coordinationHours?: number;
  @Amount() coordinationHourCents?: number;
  @Months() launchDelayMonths?: number;
}

export class InHouseCostInput extends PaceInput {
  @Amount() baseAnnualCents?: number;
  @Amount() variableAnnualCents?: number;
  @Months() variableGuaranteeMonths?: number;
  @Quantity(2) employerRate?: number;
  @Amount() benefitsCents?: number;
  @Amount() toolsCents?: number;
  @Amount() dataCents?: number;
  @Amount() managementCents?: number;
  @Amount() workspaceCents?: number;
  @Quantity(2) recruitmentRate?: number;
  @Amount() recruitmentFixedCents?: number;
  @Amount() onboardingCents?: number;
  @Amount() equipmentCents?: number;
  @Amount() exitCents?: number;
  @Months() hiringLeadMonths?: number;
  @Months(1) tenureMonths?: number;
  @Months() vacancyMonths?: number;
  @Flag() toolsDuringVacancy?: boolean;
}

/** Body of `POST /cost-comparisons`: every input may be left out and takes its default from reporting.md §3. */
export class CostComparisonInput {
  @Months(1) horizonMonths?: number;
  @LeftOut() @IsString() @Validate(IsCurrency) currency?: string;
  @LeftOut() @Nested(() => AgencyCostInput) agency?: AgencyCostInput;
  @LeftOut() @Nested(() => InHouseCostInput) inHouse?: InHouseCostInput;
}
