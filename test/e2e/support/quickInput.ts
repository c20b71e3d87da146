import type { Locator, Page } from 'playwright-core';

/** The box at the top that commands ask with: a list to choose from, or a text to give. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get widget(): Locator {
    return this.#page.locator('.quick-input-widget').filter({ visible: true });
  }

  get input(): Locator {
    return this.widget.locator('.quick-input-box input');
  }

  /** What the box says under a text that it does not take. */
  get message(): Locator {
    return this.widget.locator('.quick-input-message');
  }

  option(label: string | RegExp): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first();
  }

  /** Waits until the box says so: "Connect Repository (4/7)". */
  async waitForTitle(text: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-title').filter({ hasText: text }).waitFor();
  }

  async options(): Promise<readonly string[]> {
    return await this.widget.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts();
  }

  /** Replaces the text of the box. */
  async type(text: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(text);
  }

  /** Chooses from the list, waiting for the option to appear. */
  async choose(label: string | RegExp): Promise<void> {
    // Where the last click was, a row's tooltip may come up, over the row.
    await this.#page.mouse.move(0, 0);
    await this.option(label).click();
  }

  /** Ticks an option of a list where several can be chosen; a long list draws only what is in sight. */
  async tick(label: string): Promise<void> {
    await this.type(label);
    await this.option(label).getByRole('checkbox').check();
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Gives a text and confirms it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  async back(): Promise<void> {
    await this.widget.getByRole('button', { name: /^Back/ }).click();
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }
}
