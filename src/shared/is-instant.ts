import { registerDecorator } from 'class-validator';
import { DateTime } from 'luxon';

const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Whether a text says a moment without doubt: ISO 8601 with `Z` or an offset, a day that exists, years 1900–2199. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !written.test(value)) return false;
  const at = DateTime.fromISO(value, { zone: 'utc' });
  return at.isValid && at.year >= 1900 && at.year < 2200;
}

/** Field of a DTO that holds such a text; refused with the code `isInstant`. */
export function IsInstant(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isInstant',
      target: target.constructor,
      propertyName: property as string,
      validator: { validate: isInstant },
    });
  };
}
