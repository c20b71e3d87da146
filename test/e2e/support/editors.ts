import type { Locator, Page } from 'playwright-core';

/** The editors in the middle of the window. */
export class Editors {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  tab(name: string | RegExp): Locator {
    return this.#page.locator('.part.editor').getByRole('tab', { name });
  }

  /** Opens a file of the workspace by its path, through Quick Open. */
  async open(file: string): Promise<void> {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const input = this.#page.locator('.quick-input-widget .quick-input-box input');
    // By key: the list is drawn anew while it searches, and a click would fall on another file.
    const best = this.#page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: name });
    const named = this.tab(new RegExp(name.replaceAll('.', '\\.')));
    const active = named.and(this.#page.locator('[aria-selected="true"]')).first();
    // What has just been written is in the list of the next search only.
    for (let attempt = 1; ; attempt++) {
      await this.#page.keyboard.press('ControlOrMeta+P');
      try {
        await input.fill(file);
        await best.waitFor({ timeout: 15_000 });
        await input.press('Enter');
        await active.waitFor({ timeout: 10_000 });
        break;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.#page.keyboard.press('Escape');
      }
    }
    await this.focus();
  }

  /** Puts the cursor into the first line in sight: what is typed next must not end up in another box. */
  async focus(): Promise<void> {
    // The tooltip of what is under the pointer, such as the path above the text, would lie over the first line.
    await this.#page.mouse.move(0, 0);
    await this.#page.locator('.part.editor .editor-instance .view-line').first().click();
    await this.#page.locator('.part.editor .monaco-editor.focused').waitFor();
  }

  /** The visible text of the active editor. */
  async visibleText(): Promise<string> {
    const lines = this.#page.locator('.editor-instance .view-lines').first();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  /** Writes into the active editor at its cursor. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }

  async save(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+S');
    await this.#page.locator('.part.editor .tab.active.dirty').waitFor({ state: 'hidden' });
  }
}
