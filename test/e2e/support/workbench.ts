import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../vscode/support/waitFor.ts';
import { downloadsFolder } from '../../workbench/folders.ts';
import { ConnectForm } from './connectForm.ts';
import { Editors } from './editors.ts';
import { chooseInMenu } from './menu.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { SourceControlView } from './sourceControlView.ts';
import { StatusBar } from './statusBar.ts';
import { TreeView } from './treeView.ts';
import { untilSeen } from './untilSeen.ts';

/** A window of VS Code, as a person sees it. */
export class Workbench {
  readonly page: Page;
  readonly apis: TreeView;
  readonly connectForm: ConnectForm;
  readonly editors: Editors;
  readonly notifications: Notifications;
  readonly quickInput: QuickInput;
  readonly sourceControl: SourceControlView;
  readonly statusBar: StatusBar;

  constructor(page: Page) {
    this.page = page;
    this.apis = new TreeView(page, { tab: /^API Source Control/, tree: /^APIs/ });
    this.connectForm = new ConnectForm(page);
    this.editors = new Editors(page);
    this.notifications = new Notifications(page);
    this.quickInput = new QuickInput(page);
    this.sourceControl = new SourceControlView(page);
    this.statusBar = new StatusBar(page);
  }

  static async open(page: Page, url: string): Promise<Workbench> {
    await page.goto(url);
    const workbench = new Workbench(page);
    await workbench.ready();
    return workbench;
  }

  /** Waits until VS Code has kept `text` with the window's editors: it does so now and then, not at once. */
  async hasKept(text: string): Promise<void> {
    await waitFor(async () => (await this.page.evaluate(readKeptStates)).includes(text), `VS Code keeps “${text}”`);
  }

  /** Loads the window again, as a person does with the browser's button. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command by its full title in the command palette ("API Source Control: Pull"). */
  async runCommand(title: string): Promise<void> {
    // An editor that is just being restored takes the focus, and the palette closes: a person opens it again.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput.input.fill(`>${title}`, { timeout: 5_000 });
        await this.quickInput.option(title).click({ timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens the branch switcher with the branch item. */
  async openSwitcher(): Promise<void> {
    await untilSeen(async () => {
      await this.page.keyboard.press('Escape');
      await this.statusBar.ours.locator('a').click();
    }, this.quickInput.option('Create new branch…'));
  }

  /** Opens the connect form with the button of the APIs view. */
  async openConnectForm(): Promise<void> {
    await untilSeen(() => this.apis.titleAction(/^Connect Repository/), this.connectForm.field('Repository'));
  }

  /** The open modal dialog. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog().getByRole('button', { name: button }).click();
    await this.dialog().waitFor({ state: 'hidden' });
  }

  /** Chooses an entry of the context menu that is open. */
  async chooseInMenu(name: string): Promise<void> {
    await chooseInMenu(this.page, name);
  }

  /** Writes `<name>.png` into the folder of `SCREENSHOTS` (default: beside the downloads) and returns its path. */
  async screenshot(name: string): Promise<string> {
    const folder = process.env['SCREENSHOTS'] ?? path.join(downloadsFolder, 'screenshots');
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  }
}

/** Runs in the page: everything that VS Code in a browser remembers of its windows, as one text. */
async function readKeptStates(): Promise<string> {
  const texts: string[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db-')) continue;
    const opening = indexedDB.open(name);
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    const stores = [...opening.result.objectStoreNames];
    for (const store of stores) {
      const reading = opening.result.transaction(store).objectStore(store).getAll();
      await new Promise((resolve, reject) => {
        reading.onsuccess = resolve;
        reading.onerror = reject;
      });
      texts.push(JSON.stringify(reading.result));
    }
    opening.result.close();
  }
  return texts.join();
}
