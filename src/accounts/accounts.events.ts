import type { News } from '../database/db.js';

/** Somebody left a browser, or all of them. */
export class SignedOut implements News {
  static readonly named = 'user.signedOut';
  readonly named = SignedOut.named;
  constructor(readonly userId: string) {}
}
