import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';

/*
 * Forms send text only. These turn text that plainly says a number or a yes into one, and leave everything else as it
 * is for the validators to refuse.
 */

const isNumeral = (value: unknown): value is string =>
  typeof value === 'string' && /^\s*-?\d+([.,]\d+)?\s*$/.test(value);

/** "12", "12,5" → number. */
export const AsNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    isNumeral(value) ? Number(value.trim().replace(',', '.')) : value,
  );

/** A checkbox: "on", "true", "1" → true; "false", "0", "off" → false. */
export const AsFlag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string') return value;
    if (/^(on|true|1|yes)$/i.test(value)) return true;
    return /^(off|false|0|no)$/i.test(value) ? false : value;
  });

/** Without the spaces around it. */
export const AsTrimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** No longer than this: for what is searched, where the rest would say nothing more. */
export const AsCut = (most: number): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().slice(0, most) : value,
  );

/** A list that may come as one text: lines, or commas. */
export const AsList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(/[\n,;]/)
          .map((part) => part.trim())
          .filter((part) => part !== '')
      : value,
  );

/** Several decorators under one name. */
export const together =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));

/** One object of a shape of its own, never a list of them. */
export const Nested = (shape: () => new () => object): PropertyDecorator =>
  together(IsObject(), ValidateNested(), Type(shape));

/** Ids of things, at most so many; a form may send them as one text. */
export const Ids = (most: number): PropertyDecorator =>
  together(AsList(), IsArray(), ArrayMaxSize(most), IsString({ each: true }), MaxLength(36, { each: true }));
