import type { Locator, Page } from 'playwright-core';
import { chooseInMenu, contextAction } from './menu.ts';

/** The Source Control pane. */
export class SourceControlView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #tab(): Locator {
    return this.#page.locator('.activitybar').getByRole('tab', { name: /^Source Control/ });
  }

  get view(): Locator {
    return this.#page.locator('.scm-view');
  }

  async open(): Promise<void> {
    await this.#tab.waitFor();
    if ((await this.#tab.getAttribute('aria-selected')) !== 'true') await this.#tab.click();
    await this.view.first().waitFor();
  }

  /** The number on the pane's icon; empty without one. */
  async badge(): Promise<string> {
    const badge = this.#tab.locator('..').locator('.badge-content').filter({ visible: true });
    return (await badge.count()) === 0 ? '' : (await badge.first().innerText()).trim();
  }

  /** A row: a source control, one of its groups or a changed file. */
  row(text: string | RegExp): Locator {
    return this.view.locator('.monaco-list-row').filter({ hasText: text });
  }

  /** A changed file by its name and by what its row says about it to a screen reader. */
  change(file: string, about: string): Locator {
    return this.row(file).and(this.#page.locator(`[aria-label*=${JSON.stringify(`, ${about}`)}]`));
  }

  /** Texts of all rows in sight, from top to bottom. */
  async rows(): Promise<readonly string[]> {
    const rows = await this.view.locator('.monaco-list-row').all();
    const placed = await Promise.all(
      rows.map(async (row) => ({ top: (await row.boundingBox())?.y ?? 0, text: (await row.innerText()).trim() })),
    );
    return placed.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll(/\s+/g, ' '));
  }

  /** The message box of the first source control. */
  get messageBox(): Locator {
    return this.view.locator('.scm-input').first();
  }

  /** The message box whose placeholder names this API. */
  messageBoxOf(api: string): Locator {
    return this.view.locator('.scm-input').filter({ hasText: `“${api}”` });
  }

  async writeMessage(text: string): Promise<void> {
    await this.messageBox.click();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.press('Delete');
    if (text !== '') await this.#page.keyboard.insertText(text);
  }

  /** Ctrl+Enter in the message box. */
  async accept(): Promise<void> {
    await this.messageBox.click();
    await this.#page.keyboard.press('ControlOrMeta+Enter');
  }

  /** Writes a message and presses Ctrl+Enter; with several source controls, in the box of `api`. */
  async push(message: string, api?: string): Promise<void> {
    const box = api === undefined ? this.messageBox : this.messageBoxOf(api);
    await box.click();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.insertText(message);
    await this.#page.keyboard.press('ControlOrMeta+Enter');
  }

  /** Pushes a change that is shown, and waits until it is shown no more. */
  async pushChange(file: string, message: string): Promise<void> {
    await this.row(file).first().waitFor();
    await this.push(message);
    await this.row(file).first().waitFor({ state: 'hidden' });
  }

  async inlineAction(row: string | RegExp | Locator, action: string | RegExp): Promise<void> {
    const found = this.#found(row);
    await found.hover();
    await found.getByRole('button', { name: action }).first().click();
  }

  /** Chooses from the menu behind the dots of the view, which with one source control is that one's. */
  async moreAction(action: string): Promise<void> {
    const dots = this.#page.locator('.part.sidebar').getByRole('button', { name: /More Actions…|More Actions\.\.\./ });
    await this.view.first().hover();
    await dots.first().click();
    await chooseInMenu(this.#page, action);
  }

  async contextAction(row: string | RegExp | Locator, action: string): Promise<void> {
    await contextAction(this.#page, this.#found(row), action);
  }

  #found(row: string | RegExp | Locator): Locator {
    return (typeof row === 'string' || row instanceof RegExp ? this.row(row) : row).first();
  }
}
