import type { Page } from 'playwright-core';

/** The person open in Today has been on screen for as long as somebody needs to read a name: acts are taken again. */
export async function panelIsSeen(page: Page): Promise<void> {
  await page.locator('#panel:not([data-unseen])').waitFor();
}
