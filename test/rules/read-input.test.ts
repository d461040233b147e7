import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { expect, it } from 'vitest';
import { InvalidInput } from '../../src/shared/errors.js';
import { AsNumber } from '../../src/shared/input-fields.js';
import { readInput } from '../../src/shared/read-input.js';

class StayInput {
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(365) day?: unknown;
  // The same rules written the other way round.
  @IsOptional() @Max(365) @Min(0) @IsInt() @AsNumber() night?: unknown;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(5) name?: unknown;
  @IsOptional() @IsIn(['fr', 'en']) @MaxLength(2) language?: unknown;
}

function problemsOf(raw: object): unknown {
  try {
    readInput(StayInput, raw);
    return null;
  } catch (error) {
    return (error as InvalidInput).fields;
  }
}

it.each(['day', 'night'])('says of a %s that is no number that it must be one, not how large', (field) => {
  expect(problemsOf({ [field]: 'abc' })).toEqual({ [field]: 'isInt' });
  expect(problemsOf({ [field]: '2,5' })).toEqual({ [field]: 'isInt' });
  expect(problemsOf({ [field]: '900,5' })).toEqual({ [field]: 'isInt' });
});

it('says the limit of a number beyond it', () => {
  expect(problemsOf({ day: '900' })).toEqual({ day: { code: 'max', params: { limit: '365' } } });
  expect(problemsOf({ day: '-1' })).toEqual({ day: { code: 'min', params: { limit: '0' } } });
});

it('says of what is no text that it must be one, whatever its length', () => {
  expect(problemsOf({ name: 7 })).toEqual({ name: 'isString' });
  expect(problemsOf({ name: 'Nordia' })).toEqual({ name: { code: 'maxLength', params: { limit: '5' } } });
});

it('says which choices there are before how long one may be', () => {
  expect(problemsOf({ language: 'deutsch' })).toEqual({ language: 'isIn' });
});

it('says that a blank is needed, and a field of no form that there is none', () => {
  expect(problemsOf({ name: '' })).toEqual({ name: 'isNotEmpty' });
  expect(problemsOf({ nom: 'Nordia' })).toEqual({ nom: 'whitelistValidation' });
});
