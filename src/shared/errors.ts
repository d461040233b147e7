/** A value that goes into a message: names, numbers, days. */
export type ErrorParams = Record<string, string | number>;

/** What is wrong with one field: a code (`errors.<code>` in the locales) and the values its text needs. */
export type FieldProblem = string | { code: string; params?: ErrorParams };

/** Field path (`steps.0.channel`) → what is wrong with it. */
export type FieldProblems = Record<string, FieldProblem>;

/**
 * What the domain may throw. It knows names, not status codes: the two filters (pages, API) translate.
 * `code` is a key under `errors.` in the locales.
 */
export abstract class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly params: ErrorParams = {},
  ) {
    super(code);
    this.name = new.target.name;
  }
}

/** No such thing, or a thing of another client: the two are never told apart. */
export class NotFound extends DomainError {
  constructor(code = 'notFound', params?: ErrorParams) {
    super(code, params);
  }
}

/** The actor sees the thing but may not do this to it. */
export class NotAllowed extends DomainError {
  constructor(code = 'notAllowed', params?: ErrorParams) {
    super(code, params);
  }
}

/** Nobody is signed in, or the token is wrong. */
export class NotSignedIn extends DomainError {
  constructor(code = 'notSignedIn', params?: ErrorParams) {
    super(code, params);
  }
}

/** Input that says nothing usable; each field names its problem. */
export class InvalidInput extends DomainError {
  constructor(
    readonly fields: FieldProblems,
    code = 'invalidInput',
  ) {
    super(code);
  }
}

/** The world changed, or somebody else was first. */
export class Conflict extends DomainError {}

/** A state that does not lead to the wanted one; `legal` lists those it leads to, and may be empty: nothing is offered then. */
export class IllegalMove extends DomainError {
  constructor(
    readonly from: string,
    readonly to: string,
    readonly legal: readonly string[],
    code = 'illegalMove',
  ) {
    super(code === 'illegalMove' && legal.length === 0 ? 'noMove' : code, {
      from,
      to,
      legal: legal.join(', '),
    });
  }
}

/** Asked too often. */
export class TooMany extends DomainError {
  constructor(
    readonly retryAfterSeconds: number,
    code = 'tooMany',
  ) {
    super(code, { seconds: retryAfterSeconds });
  }
}
