import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import type { Browser } from '../support/browser.js';
import type { Caller } from '../support/caller.js';
import { addressOf, buildEstate, type Estate } from '../support/estate.js';
import { EXPECTED, type Expectation } from '../support/expected-access.js';
import { type Route, routesOf } from '../support/routes.js';
import { onBothDatabases } from '../support/world.js';

type Persona = keyof Estate['people'];

const GROUPS: Record<string, Persona[]> = {
  all: ['admin', 'manager', 'sdr', 'client'],
  agency: ['admin', 'manager', 'sdr'],
  managers: ['admin', 'manager'],
  admin: ['admin'],
  client: ['client'],
};
const OUTSIDERS: Persona[] = ['otherManager', 'otherSdr', 'otherClient'];
const roleOf = (persona: Persona): Persona =>
  persona.replace(/^other(.)/, (_, first: string) => first.toLowerCase()) as Persona;

const isForPrograms = ({ path }: Route): boolean => path.startsWith('/api/') || path === '/metrics';

/** One answer, in the words of the table. */
function wordFor(status: number): string {
  if (status === 401) return 'stranger';
  if (status === 403) return 'refused';
  if (status === 404) return 'not found';
  return status >= 500 ? `failed ${status}` : 'let in';
}

onBothDatabases('who may do what', (world) => {
  let estate: Estate;
  let routes: Route[];
  const callers = new Map<Persona | 'stranger', Caller>();
  const browsers = new Map<Persona | 'stranger', Browser>();

  beforeAll(async () => {
    estate = await buildEstate(world);
    routes = routesOf(world.app);
    for (const [persona, actor] of Object.entries(estate.people) as [Persona, Actor][]) {
      callers.set(persona, await world.api(actor));
      browsers.set(persona, await world.browser(actor));
    }
    callers.set('stranger', await world.api());
    browsers.set('stranger', await world.browser());
  }, 60_000);

  const knock = async (
    route: Route,
    persona: Persona | 'stranger',
    expectation: Expectation,
  ): Promise<string> => {
    const query = expectation.query === undefined ? '' : `?${expectation.query}`;
    const path = addressOf(route.path, { ...estate.ids, ...expectation.ids }) + query;
    const body = expectation.body?.(estate.ids) ?? {};
    if (isForPrograms(route)) {
      const caller = callers.get(persona)!;
      const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      return wordFor((method === 'get' ? await caller.get(path) : await caller[method](path, body)).status);
    }
    const browser = browsers.get(persona)!;
    const answer = route.method === 'GET' ? await browser.get(path) : await browser.post(path, body);
    const isSentAway = answer.status === 303 && String(answer.headers['location']).startsWith('/sign-in');
    return isSentAway && persona === 'stranger' ? 'stranger' : wordFor(answer.status);
  };

  const expectedOf = (expectation: Expectation, persona: Persona | 'stranger'): string => {
    const [group, scope] = expectation.who.split(' ');
    if (group === 'public') return 'let in';
    if (persona === 'stranger') return 'stranger';
    if (!GROUPS[group!]!.includes(roleOf(persona))) return 'refused';
    if (scope === 'own' && OUTSIDERS.includes(persona)) return 'not found';
    return expectation.except?.[persona] ?? 'let in';
  };

  it('is written down for every route there is, and for none that is not', () => {
    const names = routes.map(({ name }) => name);
    expect(names.filter((name) => !(name in EXPECTED))).toEqual([]);
    expect(Object.keys(EXPECTED).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('holds for strangers, for people of another client and for each role', async () => {
    const wrong: string[] = [];
    // Those who should be turned away knock first: what they could have broken would show.
    const visitors = ['stranger', ...OUTSIDERS, 'client', 'sdr', 'manager', 'admin'] as const;
    for (const persona of visitors) {
      for (const route of routes) {
        const expectation = EXPECTED[route.name];
        if (!expectation || expectation.isSkipped) continue;
        const expected = expectedOf(expectation, persona);
        const got = await knock(route, persona, expectation);
        // What one was let in to do away with is not there for the next.
        const isGone = expectation.vanishes && got === 'not found' && expected === 'let in';
        if (got !== expected && !isGone)
          wrong.push(`${persona}: ${route.name} — expected ${expected}, got ${got}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

describe('the table of answers', () => {
  it('uses its own words only', () => {
    const words = Object.values(EXPECTED).map(({ who }) => who);
    expect(words.filter((who) => !/^(all|agency|managers|admin|client|public)( own)?$/.test(who))).toEqual(
      [],
    );
  });
});
