import { parse } from 'node-html-parser';
import { beforeAll, expect, it } from 'vitest';
import type { Browser } from '../support/browser.js';
import { buildEstate, type Estate } from '../support/estate.js';
import { onBothDatabases } from '../support/world.js';

interface Visit {
  path: string;
  from: string;
}

interface FoundForm {
  page: string;
  action: string;
  method: string;
  isUpload: boolean;
  fields: string[];
}

/** Values that each field of each form is sent once, together. */
const NASTY = [
  "Robert'); DROP TABLE prospect;--",
  '<script>alert(1)</script>',
  'x'.repeat(4_000),
  '-1',
  '9999-99-99',
  '{{constructor}}',
  '',
];

/** The shape of an address: pages that differ by an id only are one. */
const shapeOf = (path: string): string =>
  path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(
    /\?.*/,
    (query) =>
      `?${query
        .slice(1)
        .split('&')
        .map((part) => part.split('=')[0])
        .sort()
        .join('&')}`,
  );

/** Every page that can be reached by links from the first one, and every form on the way. */
async function walk(browser: Browser): Promise<{ broken: string[]; forms: FoundForm[]; seen: Set<string> }> {
  const waiting: Visit[] = [{ path: '/', from: 'the door' }];
  const seen = new Set<string>();
  const broken: string[] = [];
  const forms = new Map<string, FoundForm>();
  while (waiting.length > 0) {
    const { path, from } = waiting.shift()!;
    if (seen.has(shapeOf(path))) continue;
    seen.add(shapeOf(path));
    const answer = await browser.get(path);
    if (answer.status >= 400) broken.push(`${path} (from ${from}): ${answer.status}`);
    if (answer.status === 303) waiting.push({ path: String(answer.headers['location']), from: path });
    if (!String(answer.headers['content-type']).includes('text/html')) continue;
    const html = parse(answer.text);
    for (const link of html.querySelectorAll('a[href]')) {
      const href = new URL(link.getAttribute('href')!.replaceAll('&amp;', '&'), `http://carnet.test${path}`);
      if (href.host === 'carnet.test' && /^https?:$/.test(href.protocol))
        waiting.push({ path: href.pathname + href.search, from: path });
    }
    for (const form of html.querySelectorAll('form')) {
      const action = new URL(
        (form.getAttribute('action') ?? path).replaceAll('&amp;', '&'),
        `http://carnet.test${path}`,
      );
      const found = {
        page: path,
        action: action.pathname + action.search,
        method: (form.getAttribute('method') ?? 'get').toLowerCase(),
        isUpload: form.getAttribute('enctype') === 'multipart/form-data',
        fields: form
          .querySelectorAll('input[name], select[name], textarea[name], button[name]')
          .map((field) => field.getAttribute('name')!),
      };
      forms.set(`${found.method} ${shapeOf(found.action)}`, found);
    }
  }
  return { broken, forms: [...forms.values()], seen };
}

onBothDatabases('every page there is a way to', (world) => {
  let estate: Estate;

  beforeAll(async () => {
    estate = await buildEstate(world);
  }, 60_000);

  it.each(['client', 'sdr', 'manager', 'admin'] as const)(
    'opens for the %s, and no form of theirs breaks us',
    async (role) => {
      const browser = await world.browser(estate.people[role]);
      const { broken, forms, seen } = await walk(browser);
      expect(broken).toEqual([]);
      expect(seen.size).toBeGreaterThan(role === 'client' ? 2 : 10);

      const failures: string[] = [];
      for (const form of forms.filter(
        ({ action, isUpload }) =>
          !/sign-out|password|disable|switch-off|everywhere/.test(action) && !isUpload,
      )) {
        for (const value of NASTY) {
          const filled = Object.fromEntries(
            form.fields.filter((name) => name !== '_csrf').map((name) => [name, value]),
          );
          const query = new URLSearchParams(filled).toString();
          const isGet = form.method === 'get';
          const answer = isGet
            ? await browser.get(`${form.action.split('?')[0]}?${query.slice(0, 4000)}`)
            : await browser.post(form.action, filled);
          if (answer.status >= 500)
            failures.push(
              `${form.page}: ${form.method} ${form.action} ← ${value.slice(0, 40)}: ${answer.status}`,
            );
        }
      }
      expect(failures).toEqual([]);
    },
    180_000,
  );
});
