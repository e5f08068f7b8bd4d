import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** All that another theme can change: both have the same elements at the same places. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** No violation in either theme; the page follows the system's, as a new user's does. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // A toast that comes or goes while the page is looked at is half transparent.
  await expect(page.locator('[data-sonner-toast]')).toHaveCount(0, { timeout: 30_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // Only violations, of the page itself: to describe whatever passes takes ten times as long as to look, and there
    // are no frames.
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
    const { violations } = await (colorScheme === 'light'
      ? axe.withTags(AA)
      : axe.withRules(OF_COLOURS)
    ).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`);
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}
