import type { Locator, Page } from 'playwright-core';
import { contextAction } from './menu.ts';
import { untilSeen } from './untilSeen.ts';

/** How a view is found: by the tab of its container and the accessible name of its tree. */
interface TreeNames {
  readonly tab: RegExp;
  readonly tree: RegExp;
}

/** A tree in the side bar. */
export class TreeView {
  readonly #page: Page;
  readonly #names: TreeNames;

  constructor(page: Page, names: TreeNames) {
    this.#page = page;
    this.#names = names;
  }

  /** Shows the view's container if another one is shown. */
  async open(): Promise<void> {
    const tab = this.#page.locator('.activitybar').getByRole('tab', { name: this.#names.tab });
    await tab.waitFor();
    await untilSeen(async () => {
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    }, this.container);
  }

  /** The side bar, whatever is in it: rows or welcome content. */
  get container(): Locator {
    return this.#page.locator('.part.sidebar');
  }

  /** The text and buttons that stand in for an empty tree. */
  get welcome(): Locator {
    return this.container.locator('.welcome-view-content');
  }

  get tree(): Locator {
    return this.container.getByRole('tree', { name: this.#names.tree });
  }

  /** The row whose label (and description) reads like this. */
  row(label: string | RegExp): Locator {
    const rows = this.tree.getByRole('treeitem');
    return typeof label === 'string'
      ? rows.filter({ has: this.#page.locator('.label-name', { hasText: new RegExp(`^${escape(label)}$`) }) })
      : rows.filter({ hasText: label });
  }

  /** Texts of the rows in sight, from top to bottom, each with its description. */
  async rows(): Promise<readonly string[]> {
    const rows = await this.tree.getByRole('treeitem').all();
    const placed = await Promise.all(
      rows.map(async (row) => ({
        top: (await row.boundingBox())?.y ?? 0,
        texts: await row.locator('.label-name, .label-description').allInnerTexts(),
      })),
    );
    return placed.sort((a, b) => a.top - b.top).map(({ texts }) => texts.join(' ').replaceAll(/\s+/g, ' ').trim());
  }

  async expand(label: string | RegExp): Promise<void> {
    const row = this.row(label).first();
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    await row.and(this.#page.locator('[aria-expanded="true"]')).waitFor();
  }

  /** Clicks an icon that a row shows when the pointer is over it. */
  async inlineAction(label: string | RegExp, action: string | RegExp): Promise<void> {
    const row = this.row(label).first();
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** Opens the context menu of a row and chooses an entry. */
  async contextAction(label: string | RegExp, action: string): Promise<void> {
    await contextAction(this.#page, this.row(label).first(), action);
  }

  /** Clicks an icon of the view's title bar. */
  async titleAction(action: string | RegExp): Promise<void> {
    await this.container.hover();
    await this.container.getByRole('button', { name: action }).first().click();
  }
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
