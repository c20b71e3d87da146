import type { Locator, Page } from 'playwright-core';
import { untilSeen } from './untilSeen.ts';

/** Opens the context menu of `row` and chooses an entry. */
export async function contextAction(page: Page, row: Locator, name: string): Promise<void> {
  await untilSeen(() => row.click({ button: 'right' }), page.getByRole('menuitem', { name, exact: true }));
  await chooseInMenu(page, name);
}

/** Chooses an entry of the menu that is open: by key, since a menu ignores clicks in its first moment. */
export async function chooseInMenu(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name, exact: true });
  // Enter is for the entry that the menu holds chosen, which it is only a moment after the pointer is over it.
  await untilSeen(() => item.hover(), page.locator('.action-item.focused').filter({ has: item }));
  await item.press('Enter');
  await item.waitFor({ state: 'hidden' });
}
