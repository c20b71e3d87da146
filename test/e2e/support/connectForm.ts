import type { FrameLocator, Locator, Page } from 'playwright-core';
import { waitFor } from '../../vscode/support/waitFor.ts';

/** The connect form: a web view, which is a frame in a frame. */
export class ConnectForm {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get frame(): FrameLocator {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** A field by the label that a person (or a screen reader) sees. */
  field(label: string | RegExp): Locator {
    return this.frame.getByLabel(label);
  }

  /** Chooses from a field's list, once it is there. */
  async choose(label: string | RegExp, option: string | RegExp): Promise<void> {
    await this.field(label).click();
    await this.field(label).fill('');
    await this.frame.getByRole('option', { name: option }).first().click();
    await this.field(label).press('Tab');
  }

  /** Waits until the field shows this. */
  async hasValue(label: string | RegExp, value: RegExp): Promise<void> {
    const field = this.field(label);
    await field.waitFor();
    await waitFor(async () => value.test(await field.inputValue()), `${String(label)} shows ${String(value)}`);
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  text(text: string | RegExp): Locator {
    return this.frame.getByText(text);
  }

  async waitUntilShown(): Promise<void> {
    await this.frame.getByRole('main').or(this.frame.locator('body')).first().waitFor();
  }
}
