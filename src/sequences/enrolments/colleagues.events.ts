import type { News } from '../../database/db.js';

/** Somebody answered: these enrolments of their colleagues are marked, and wait as soon as their people are held. */
export class ColleaguesToStop implements News {
  static readonly named = 'enrolments.colleagues_to_stop';
  readonly named = ColleaguesToStop.named;

  constructor(readonly enrolmentIds: readonly string[]) {}
}
