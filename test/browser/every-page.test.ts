import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { PAGE_ACCESS } from '../support/access-to-pages.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { addressOf, buildEstate, type Estate } from '../support/estate.js';

/*
 * Every address of the table of access that a person opens: none has a serious finding of axe, and none is wider than
 * the narrowest phone.
 */

const stage = onStage();
let estate: Estate;

/** Downloads, parts of pages and what programs ask for. */
const NOT_A_PAGE = /\.(csv|xlsx|pdf|ics)$|\/(switcher|count|html)$|^\/(healthz|readyz|metrics)$/;

beforeAll(async () => {
  estate = await buildEstate(stage.world);
}, 120_000);

function pagesFor(role: 'agency' | 'client'): string[] {
  return Object.entries(PAGE_ACCESS).flatMap(([route, { who, query, isSkipped }]) => {
    const [method, path] = route.split(' ') as [string, string];
    const isTheirs = role === 'client' ? /\b(client|all)\b/.test(who) : !/\bclient\b/.test(who);
    if (method !== 'GET' || isSkipped || !isTheirs || NOT_A_PAGE.test(path)) return [];
    const address = addressOf(path, estate.ids);
    return [query === undefined ? address : `${address}?${query}`];
  });
}

/** What sticks out of a page that is wider than the window. */
async function widerBy(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth)
      .map((one) => `${one.tagName}.${one.className} by ${scrollWidth - clientWidth} px`)
      .slice(0, 3);
  });
}

it.each([
  { who: 'admin', role: 'agency', atLeast: 65, colorScheme: 'light' },
  { who: 'admin', role: 'agency', atLeast: 65, colorScheme: 'dark' },
  { who: 'client', role: 'client', atLeast: 7, colorScheme: 'light' },
] as const)(
  'every page of the $role opens accessible in $colorScheme, and fits 320 px',
  async ({ who, role, atLeast, colorScheme }) => {
    const page = await stage.pageOf(estate.people[who], { colorScheme });
    const pages = pagesFor(role);
    expect(pages.length).toBeGreaterThanOrEqual(atLeast);
    const faults: string[] = [];
    for (const address of pages) {
      await page.setViewportSize({ width: 1280, height: 860 });
      const answer = await page.goto(address);
      if (answer!.status() >= 400) faults.push(`${address}: ${answer!.status()}`);
      await expectAccessible(page).catch((error: unknown) => faults.push(String(error)));
      await page.setViewportSize({ width: 320, height: 700 });
      for (const one of await widerBy(page)) faults.push(`${address}: ${one}`);
    }
    expect(faults).toEqual([]);
  },
  300_000,
);
