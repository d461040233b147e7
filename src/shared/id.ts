import { v7, validate } from 'uuid';

/** A new UUIDv7: unique, and sorted by the time it was made, so keys stay together in an index. */
export function newId(): string {
  return v7();
}

/** Whether a text from outside can be one of our ids at all. */
export function isId(text: string): boolean {
  return validate(text);
}
