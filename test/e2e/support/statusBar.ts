import type { Locator, Page } from 'playwright-core';

/** The bar at the bottom of the window. */
export class StatusBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The item whose text or accessible name contains this. */
  item(text: string | RegExp): Locator {
    return this.#page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** Every item of this extension, by the extension's id in the item's own id. */
  get ours(): Locator {
    return this.#page.locator('.part.statusbar .statusbar-item[id*="api-source-control"]');
  }

  /** The branch item while it is about this API. */
  branchOf(api: string): Locator {
    return this.#page.locator('.part.statusbar').getByRole('button', { name: new RegExp(`^API ${api}, branch `) });
  }

  async click(text: string | RegExp): Promise<void> {
    await this.item(text).first().locator('a').click();
  }
}
