import type { Page } from 'playwright-core';

/** Chooses an entry of the menu that is open: by key, since a menu ignores clicks in its first moment. */
export async function chooseInMenu(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name, exact: true });
  await item.hover();
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'hidden' });
}
