import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Actor } from '../../src/accounts/actor.js';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { World } from './world.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A running Carnet on SQLite with a real port, and a real browser in front of it. */
export class Stage {
  readonly world = new World('sqlite');
  browser!: Browser;
  url!: string;

  async open(): Promise<void> {
    await this.world.open();
    await this.world.app.listen(0, '127.0.0.1');
    this.url = await this.world.app.getUrl();
    this.browser = await launchChromium();
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.world.close();
  }

  /** A fresh browser profile; errors of scripts fail the journey that sees them. */
  async page(
    options: {
      width?: number;
      locale?: string;
      colorScheme?: 'light' | 'dark';
      javaScriptEnabled?: boolean;
    } = {},
  ): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width: options.width ?? 1280, height: 860 },
      locale: options.locale ?? 'en-GB',
      colorScheme: options.colorScheme ?? 'light',
      javaScriptEnabled: options.javaScriptEnabled ?? true,
      acceptDownloads: true,
      // A toast half faded in has no contrast yet; people who ask for less motion see it at once.
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => {
      throw error;
    });
    return page;
  }

  /** A fresh browser in which somebody is signed in. */
  async pageOf(actor: Actor, options: Parameters<Stage['page']>[0] = {}): Promise<Page> {
    const { world } = this;
    const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, actor.userId));
    const page = await this.page(options);
    await page.context().addCookies([{ name: SESSION_COOKIE, value, url: this.url }]);
    return page;
  }
}

export function onStage(): Stage {
  const stage = new Stage();
  beforeAll(() => stage.open());
  afterAll(() => stage.close());
  return stage;
}

/** No serious or critical finding of axe-core on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      impact: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 160))
            .join(' | ')}`,
      );
  });
  expect(findings, `axe on ${page.url()}`).toEqual([]);
}
