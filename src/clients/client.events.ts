import type { News } from '../database/db.js';

/** Dates, terms or criteria of an engagement were written. */
export class EngagementChanged implements News {
  static readonly named = 'engagement.changed';
  readonly named = EngagementChanged.named;
  constructor(
    readonly clientId: string,
    readonly engagementId: string,
  ) {}
}
