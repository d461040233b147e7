/** Who is let in by a route. `own`: its ids belong to one client, so that people of other clients find nothing there. */
export interface Expectation {
  who: string;
  /** A body that is right, so that a refusal is about the person; `ids` are those of the estate. */
  body?: (ids: Record<string, string>) => object;
  /** Answers of single personas that differ, with the rule behind them. */
  except?: Partial<Record<string, 'refused' | 'not found'>>;
  /** The thing is gone once somebody was let in. */
  vanishes?: boolean;
  /** Ends the session it is called with, or waits for a secret: tested by a story of its own. */
  isSkipped?: boolean;
}

const STEP = { day: 0, channel: 'call', variants: [{ body: 'Appeler.' }] };

/** THE table: every route, and whom it lets in. */
export const EXPECTED: Record<string, Expectation> = {
  'GET /': { who: 'public' },
  'GET /healthz': { who: 'public' },
  'GET /readyz': { who: 'public' },
  'GET /setup': { who: 'public', isSkipped: true },
  'POST /setup': { who: 'public', isSkipped: true },
  'GET /sign-in': { who: 'public' },
  'POST /sign-in': { who: 'public', isSkipped: true },
  'POST /sign-out': { who: 'all', isSkipped: true },
  'GET /invitations/:secret': { who: 'public', isSkipped: true },
  'POST /invitations/:secret': { who: 'public', isSkipped: true },
};

void STEP;
