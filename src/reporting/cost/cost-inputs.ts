export type InputSide = 'both' | 'agency' | 'inHouse';
export type InputKind = 'money' | 'quantity' | 'share' | 'months' | 'flag' | 'basis' | 'ramp';
export type InputGroup = 'horizon' | 'price' | 'around' | 'pay' | 'seat' | 'hiring' | 'meetings';

/** One input of the comparison: its name as in `POST /cost-comparisons`, and how people write it. */
export interface CostInput {
  side: InputSide;
  input: string;
  kind: InputKind;
  group: InputGroup;
}

const money = (...inputs: string[]): Row[] => inputs.map((input) => [input, 'money']);
type Row = readonly [input: string, kind: InputKind];

const PACE: Row[] = [
  ['ramp', 'ramp'],
  ['bookedPerMonth', 'quantity'],
  ['showRate', 'share'],
  ['qualifiedRate', 'share'],
];

const GROUPS: readonly (readonly [InputSide, InputGroup, readonly Row[]])[] = [
  ['both', 'horizon', [['horizonMonths', 'months']]],
  [
    'agency',
    'price',
    [
      ...money('setupCents', 'retainerCents'),
      ['retainerDuringDelay', 'flag'],
      ...money('dayRateCents'),
      ['daysPerMonth', 'quantity'],
      ...money('feePerUnitCents'),
      ['feeBasis', 'basis'],
      ['includedUnits', 'quantity'],
      ...money('feeCapCents'),
    ],
  ],
  ['agency', 'around', [...money('toolsCents', 'coordinationHourCents'), ['coordinationHours', 'quantity']]],
  ['agency', 'meetings', [['launchDelayMonths', 'months'], ...PACE]],
  [
    'inHouse',
    'pay',
    [
      ...money('baseAnnualCents', 'variableAnnualCents'),
      ['variableGuaranteeMonths', 'months'],
      ['employerRate', 'share'],
      ...money('benefitsCents'),
    ],
  ],
  ['inHouse', 'seat', money('toolsCents', 'dataCents', 'managementCents', 'workspaceCents')],
  [
    'inHouse',
    'hiring',
    [
      ['recruitmentRate', 'share'],
      ...money('recruitmentFixedCents', 'onboardingCents', 'equipmentCents', 'exitCents'),
      ['hiringLeadMonths', 'months'],
      ['tenureMonths', 'months'],
      ['vacancyMonths', 'months'],
      ['toolsDuringVacancy', 'flag'],
    ],
  ],
  ['inHouse', 'meetings', PACE],
];

/** Every input in the order of the form. The currency is the client's own. */
export const COST_INPUTS: readonly CostInput[] = GROUPS.flatMap(([side, group, rows]) =>
  rows.map(([input, kind]) => ({ side, group, input, kind })),
);

export function costInput(side: string, input: string): CostInput | null {
  return COST_INPUTS.find((one) => one.side === side && one.input === input) ?? null;
}

/** Only this input may be nothing at all: no cap. */
export const NULLABLE_INPUT = 'feeCapCents';
