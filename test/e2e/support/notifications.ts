import type { Locator, Page } from 'playwright-core';
import { untilSeen } from './untilSeen.ts';

/** The messages at the bottom right. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #center(): Locator {
    return this.#page.locator('.notifications-center');
  }

  /** A message whose text contains this, once they are shown. */
  message(text: string | RegExp): Locator {
    return this.#center.locator('.notification-list-item').filter({ hasText: text });
  }

  /** What is said to the person; a slow start's own progress is not counted. */
  async texts(): Promise<readonly string[]> {
    await this.show();
    const texts = await this.#center.locator('.notification-list-item-message').allInnerTexts();
    return texts.filter((text) => !text.startsWith('Activating Extensions'));
  }

  /** Opens the list of messages: they do not slide in under the driver that a test needs. */
  async show(): Promise<void> {
    const bell = this.#page.locator('[id="status.notifications"]');
    await untilSeen(async () => {
      if (!(await this.#center.isVisible())) await bell.click();
    }, this.#center);
    // The bell's tooltip would lie over the buttons.
    await this.#page.mouse.move(0, 0);
    await this.#page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  }

  /** Waits until a message is there. */
  async expect(text: string | RegExp): Promise<void> {
    await this.show();
    await this.message(text).first().waitFor();
  }

  async choose(text: string | RegExp, button: string): Promise<void> {
    await this.expect(text);
    await this.message(text).first().getByRole('button', { name: button, exact: true }).click();
  }

  async dismiss(text: string | RegExp): Promise<void> {
    await this.expect(text);
    const message = this.message(text).first();
    await message.hover();
    await message.getByRole('button', { name: /^Clear Notification/ }).click();
    await message.waitFor({ state: 'hidden' });
  }
}
