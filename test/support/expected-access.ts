import { API_ACCESS } from './access-to-api.js';
import { PAGE_ACCESS } from './access-to-pages.js';

/** Who is let in by a route. `own`: its ids belong to one client, so that people of other clients find nothing there. */
export interface Expectation {
  who: string;
  /** A body that is right, so that a refusal is about the person; `ids` are those of the estate. */
  body?: (ids: Record<string, string>) => object;
  /** What the address needs behind its `?`. */
  query?: string;
  /** Path parameters of this route alone. */
  ids?: Record<string, string>;
  /** Answers of single personas that differ, with the rule behind them. */
  except?: Partial<Record<string, 'refused' | 'not found'>>;
  /** The thing is gone once somebody was let in, or was never there to take back. */
  vanishes?: boolean;
  /** Ends the session it is called with, or waits for a secret: tested by a story of its own. */
  isSkipped?: boolean;
}

/** THE table: every route, and whom it lets in. */
export const EXPECTED: Record<string, Expectation> = { ...API_ACCESS, ...PAGE_ACCESS };
