import { getMetadataStorage } from 'class-validator';
import { beforeAll, expect, it } from 'vitest';
import type { Caller } from '../support/caller.js';
import { addressOf, buildEstate, type Estate } from '../support/estate.js';
import { HOSTILE, HOSTILE_QUERIES } from '../support/hostile.js';
import { type Route, routesOf } from '../support/routes.js';
import { onBothDatabases } from '../support/world.js';

/** The fields a DTO knows, from its own validators. */
function fieldsOf(route: Route): string[] {
  if (route.body === null) return [];
  const found = getMetadataStorage().getTargetValidationMetadatas(route.body, '', false, false);
  return [...new Set(found.map(({ propertyName }) => propertyName))];
}

onBothDatabases('wrong input to every endpoint of the API', (world) => {
  let estate: Estate;
  let api: Caller;
  let routes: Route[];

  beforeAll(async () => {
    estate = await buildEstate(world);
    api = await world.api(estate.people.admin);
    routes = routesOf(world.app).filter(({ path }) => path.startsWith('/api/'));
  }, 60_000);

  const send = (route: Route, path: string, body?: unknown) => {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    return method === 'get' ? api.get(path) : api[method](path, body as object);
  };

  const complaint = (route: Route, sent: unknown, answer: { status: number; text: string }): string =>
    `${route.name} ← ${JSON.stringify(sent)?.slice(0, 120)}: ${answer.status} ${answer.text.slice(0, 200)}`;

  it('is never our failure, whatever stands in a field', async () => {
    const failures: string[] = [];
    for (const route of routes.filter(({ method }) => method !== 'GET' && method !== 'DELETE')) {
      const path = addressOf(route.path, estate.ids);
      for (const body of [
        {},
        [],
        Object.fromEntries(fieldsOf(route).map((field) => [field, null])),
        { 'no such field': 1 },
      ]) {
        const answer = await send(route, path, body);
        if (answer.status >= 500) failures.push(complaint(route, body, answer));
      }
      for (const field of fieldsOf(route)) {
        for (const value of HOSTILE) {
          const answer = await send(route, path, { [field]: value });
          if (answer.status >= 500) failures.push(complaint(route, { [field]: value }, answer));
        }
      }
    }
    expect(failures).toEqual([]);
  }, 240_000);

  it('names the field that a body lacks or has too much', async () => {
    const unnamed: string[] = [];
    for (const route of routes.filter(({ body }) => body !== null)) {
      const answer = await send(route, addressOf(route.path, estate.ids), { 'no such field': 1 });
      const fields = (answer.body as { fields?: Record<string, string> }).fields ?? {};
      if (answer.status !== 422 || !('no such field' in fields)) unnamed.push(complaint(route, {}, answer));
    }
    expect(unnamed).toEqual([]);
  });

  it('is never our failure, whatever stands in the query', async () => {
    const failures: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const query of HOSTILE_QUERIES) {
        const answer = await send(route, `${addressOf(route.path, estate.ids)}?${query}`);
        if (answer.status >= 500) failures.push(complaint(route, query, answer));
      }
    }
    expect(failures).toEqual([]);
  }, 120_000);

  it('finds nothing under an id that is none', async () => {
    const failures: string[] = [];
    for (const route of routes.filter(({ path }) => path.includes(':'))) {
      for (const id of [
        'nope',
        '%27%20OR%201=1',
        '0'.repeat(400),
        '00000000-0000-7000-8000-000000000000',
        '%F0%9F%98%80',
      ]) {
        const path = addressOf(route.path, {}).replaceAll('unknown', id);
        const answer = await send(route, path, {});
        if (answer.status >= 500 || answer.status < 400) failures.push(complaint(route, id, answer));
      }
    }
    expect(failures).toEqual([]);
  }, 120_000);

  it('says so in JSON when the body is no JSON, too large, or of another kind', async () => {
    const path = '/clients';
    const broken = await api
      .post(path)
      .set('content-type', 'application/json')
      .send('{"name": ' as never);
    expect([broken.status, broken.body]).toMatchObject([400, { error: 'bad_request' }]);
    const large = await api.post(path, { name: 'x'.repeat(3 * 1024 * 1024) });
    expect([large.status, large.body]).toMatchObject([413, { error: 'too_large' }]);
    const other = await api
      .post(path)
      .set('content-type', 'text/csv')
      .send('a,b' as never);
    expect([other.status, other.body]).toMatchObject([415, { error: 'unsupported_media_type' }]);
  });
});
