import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type FieldProblems, InvalidInput } from './errors.js';
import './validation-rules.js';

/**
 * Checks what came from outside against a DTO class and gives an instance of it.
 * Unknown fields are refused in bodies (a typo must not pass in silence) and dropped in queries.
 * @throws InvalidInput naming each field by its path (`steps.0.channel`)
 */
export function readInput<T extends object>(
  type: new () => T,
  raw: unknown,
  options: { isQuery?: boolean } = {},
): T {
  if (raw !== undefined && raw !== null && (typeof raw !== 'object' || Array.isArray(raw))) {
    throw new InvalidInput({ body: 'isObject' });
  }
  refuseUnstorable(raw, '');
  const input = plainToInstance(type, raw ?? {}, { exposeDefaultValues: true });
  const errors = validateSync(input, {
    whitelist: true,
    forbidNonWhitelisted: !options.isQuery,
    forbidUnknownValues: true,
  });
  if (errors.length > 0) throw new InvalidInput(problemsOf(errors));
  return input;
}

/** A browser sends every field of a form; one left blank says nothing. */
export function withoutBlanks(form: unknown): unknown {
  if (Array.isArray(form)) return form.map(withoutBlanks).filter((value) => value !== undefined);
  if (typeof form === 'string') return form.trim() === '' ? undefined : form;
  if (form === null || typeof form !== 'object') return form;
  const kept = Object.entries(form).map(([name, value]) => [name, withoutBlanks(value)] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

/** Deep enough for any form of ours, shallow enough for the stack. */
const DEEPEST = 20;

/** NUL can be in no text column of PostgreSQL. */
function refuseUnstorable(value: unknown, path: string, depth = 0): void {
  if (depth > DEEPEST) throw new InvalidInput({ [path || 'body']: 'tooDeep' });
  if (typeof value === 'string' && value.includes('\0'))
    throw new InvalidInput({ [path || 'body']: 'isText' });
  if (value === null || typeof value !== 'object') return;
  // No input of ours is a list of lists, and class-validator takes the inner ones for what they should hold.
  if (Array.isArray(value) && value.some(Array.isArray))
    throw new InvalidInput({ [path || 'body']: 'isList' });
  for (const [name, inner] of Object.entries(value)) {
    // class-transformer asks every object for the class it is of.
    if (name === 'constructor') throw new InvalidInput({ [path || 'body']: 'whitelistValidation' });
    refuseUnstorable(inner, path === '' ? name : `${path}.${name}`, depth + 1);
  }
}

function problemsOf(errors: ValidationError[], path = ''): FieldProblems {
  const problems: FieldProblems = {};
  for (const error of errors) {
    const here = path === '' ? error.property : `${path}.${error.property}`;
    const broken = mostBasic(error.constraints ?? {});
    if (broken !== undefined) problems[here] = isMissing(error) ? 'isNotEmpty' : problemOf(...broken);
    // What is no object or no list at all has no parts to speak of.
    else Object.assign(problems, problemsOf(error.children ?? [], here));
  }
  return problems;
}

/** Rules that say what kind of thing a value is. */
const KINDS = [
  'whitelistValidation',
  'isObject',
  'isArray',
  'isString',
  'isBoolean',
  'isNumber',
  'isInt',
  'nestedValidation',
];
/** Rules that measure a value, which says nothing about one of another kind: "abc" breaks every limit there is. */
const MEASURES = ['min', 'max', 'minLength', 'maxLength', 'arrayMinSize', 'arrayMaxSize'];

/** Of several broken rules, the one to mend first. */
function mostBasic(constraints: Record<string, string>): [string, string] | undefined {
  const broken = Object.entries(constraints);
  const named = ([name]: [string, string]): boolean => KINDS.includes(name);
  return broken.find(named) ?? broken.find(([name]) => !MEASURES.includes(name)) ?? broken[0];
}

/** Nothing was said: whichever rule noticed it first, its sentence would speak of something else. */
function isMissing({ value, constraints }: ValidationError): boolean {
  return (value === undefined || value === '') && constraints?.['whitelistValidation'] === undefined;
}

/** class-validator keeps the limit only in its English sentence: the last number of it. */
function problemOf(constraint: string, sentence: string): FieldProblems[string] {
  const limit = sentence.match(/-?\d+(\.\d+)?/g)?.at(-1);
  return limit === undefined ? constraint : { code: constraint, params: { limit } };
}
