import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { decodeState } from '../../../src/core/sync/stateCodec.ts';
import type { CheckoutState } from '../../../src/core/sync/checkoutState.ts';
import { waitFor } from '../../vscode/support/waitFor.ts';
import { commitFiles, git, gitShow } from './git.ts';
import type { Step } from './interleaving.ts';
import { snapshotCommit, snapshotFolder } from './snapshots.ts';
import type { Workbench } from './workbench.ts';

/** Files that the windows write, by names that are no part of another file's. */
export const ours = ['apis/payments/openapi.yaml', 'apis/payments/components/schemas/customer/Address.yaml'] as const;

/** A file that a teammate writes, and nobody here. */
const theirs = 'apis/payments/components/schemas/Money.yaml';

/** A click is lost now and then: what it should have done is waited for so long, in milliseconds, and clicked again. */
const patience = 20_000;

/** One folder that one window works in, or two; it knows from what was done what must be there. */
export class SharedFolder {
  private branch = 'main';
  /** Branch → files that are changed and not pushed. */
  private readonly changed = new Map<string, Set<string>>();

  constructor(
    private readonly windows: readonly Workbench[],
    private readonly repository: string,
    private readonly folder: string,
    /** In its window's workspace. */
    private readonly name: string,
  ) {}

  /** Every window shows its message box, and keeps showing it. */
  async open(): Promise<void> {
    for (const window of this.windows) await window.sourceControl.open();
  }

  /** A window alone does one after the other what two do in the same moment. */
  async take(step: Step): Promise<void> {
    const { window, other } = this.windowsOf(step);
    const pulls = step.deed === 'pull' || step.beside === 'pull';
    const incoming = pulls ? await this.teammatePushes(step) : '';
    const beside = (): Promise<void> =>
      step.beside === 'pull' ? this.pull(other, incoming) : this.refresh(other, 'meanwhile');
    if (step.beside === undefined) return this.act(window, step, incoming);
    if (window === other) {
      await beside();
      return this.act(window, step, incoming);
    }
    await Promise.all([this.act(window, step, incoming), beside()]);
  }

  /** Takes a picture of each window with its messages, for a failed test. */
  async pictures(title: string): Promise<void> {
    for (const [index, window] of this.windows.entries()) {
      await window.notifications.show();
      await window.screenshot(`${title} ${String(index + 1)}`);
    }
  }

  /** Every window shows what the folder has come to. */
  async shown(): Promise<void> {
    for (const window of this.windows) await window.statusBar.ours.filter({ hasText: this.summary }).waitFor();
  }

  /** Everything that is to be the same, however many windows there were. */
  async state(): Promise<object> {
    const { branch, branches, intent, parked } = await this.settled();
    const base = (name: string): unknown =>
      [...(branches.get(name)?.base ?? [])].map(([file, { id, mode }]) => [file, id, mode]).sort();
    const atHost = async (name: string): Promise<object> => ({
      files: await snapshotCommit(this.repository, name),
      log: await this.log(name),
      base: base(name),
      parked: [...(parked?.get(name) ?? [])].map(([file, { local }]) => [file, local?.id]),
    });
    const [main, develop] = [await atHost('main'), await atHost('develop')];
    return { folder: await snapshotFolder(this.folder), branch, intent, main, develop };
  }

  /** Every edit that is there, by file and place: what a difference is told by. */
  async edits(): Promise<object> {
    const committed = async (branch: string, file: string): Promise<string> =>
      editsIn((await gitShow(this.repository, branch, file)).toString());
    const found: Record<string, string> = {};
    for (const file of ours) {
      found[`${file} here`] = editsIn(await this.read(file));
      for (const branch of ['main', 'develop']) found[`${file} on ${branch}`] = await committed(branch, file);
    }
    return found;
  }

  async log(branch: string): Promise<readonly string[]> {
    return (await git(this.repository, 'log', '--format=%s', branch)).split('\n');
  }

  private async act(window: Workbench, step: Step, incoming: string): Promise<void> {
    switch (step.deed) {
      case 'edit':
        return this.edit(window, step);
      case 'push':
        // Without anything to push there is nothing to see of it.
        return this.files.size === 0 ? this.edit(window, step) : this.push(window, step);
      case 'pull':
        return this.pull(window, incoming);
      case 'switch':
        return this.switch(window);
      case 'refresh':
        return this.refresh(window, 'now');
    }
  }

  private async edit(window: Workbench, { number, file }: Step): Promise<void> {
    const edited = ours[file] ?? ours[0];
    const line = `# edit ${String(number)}`;
    const isSaved = async (): Promise<boolean> => (await this.read(edited)).startsWith(`${line}\n`);
    await again(isSaved, `${line} is saved`, async () => {
      await window.editors.open(`${this.name}/${edited}`);
      await this.seeNewest(window, edited);
      await window.page.keyboard.press('ControlOrMeta+Home');
      await window.statusBar.item('Ln 1, Col 1').waitFor();
      await window.editors.type(`${line}\n`);
      await window.page.keyboard.press('ControlOrMeta+S');
    });
    this.files.add(edited);
  }

  /** Another window, a pull or a switch may just have written the file: a person types into what is there. */
  private async seeNewest(window: Workbench, file: string): Promise<void> {
    const isShown = async (): Promise<boolean> => {
      const [shown, there] = [await window.editors.visibleText(), await this.read(file)];
      return newestEdits(shown) === newestEdits(there) && hasTop(shown, there);
    };
    try {
      await waitFor(isShown, 'the editor has what is in the file', 5_000);
    } catch {
      // VS Code's own watcher may miss a folder that was made a moment ago.
      await window.runCommand('File: Revert File');
      await waitFor(isShown, 'the editor has what is in the file', patience);
      await window.editors.focus();
    }
  }

  private async push(window: Workbench, { number }: Step): Promise<void> {
    const message = `Push ${String(number)}`;
    const landed = async (): Promise<boolean> => (await this.log(this.branch)).includes(message);
    await again(landed, `${message} has landed`, () => window.sourceControl.push(message));
    const head = await git(this.repository, 'rev-parse', this.branch);
    await waitFor(
      async () => (await this.settled()).branches.get(this.branch)?.head === head,
      'the base is at the head',
    );
    this.files.clear();
  }

  private async pull(window: Workbench, incoming: string): Promise<void> {
    const isThere = async (): Promise<boolean> => (await this.read(theirs)) === incoming;
    await again(isThere, 'what a teammate pushed is here', () => window.runCommand('APIs: Pull'));
    await this.settled();
  }

  private async switch(window: Workbench): Promise<void> {
    const from = this.branch;
    const to = from === 'main' ? 'develop' : 'main';
    await window.statusBar.ours.filter({ hasText: from }).waitFor();
    const isThere = async (): Promise<boolean> => (await this.settled()).branch === to;
    await again(isThere, `${to} is switched to`, async () => {
      await window.openSwitcher();
      // A branch with parked work is listed at once, and moves when the others come.
      await window.quickInput.widget.getByText('current').first().waitFor();
      await window.quickInput.choose(to);
      if (this.files.size > 0 && (await appears(window.dialog()))) await window.answerDialog(`Park on “${from}”`);
    });
    this.branch = to;
  }

  /** `meanwhile`: what it should show is not known in the middle of something. */
  private async refresh(window: Workbench, when: 'now' | 'meanwhile'): Promise<void> {
    const shown = window.statusBar.ours.filter({ hasText: when === 'now' ? this.summary : this.branch });
    await again(
      () => shown.isVisible(),
      'the branch is shown',
      () => window.runCommand('APIs: Refresh'),
    );
  }

  /** @returns what a pull brings. */
  private async teammatePushes({ number }: Step): Promise<string> {
    const before = await gitShow(this.repository, this.branch, theirs);
    const content = `${before.toString()}# theirs ${String(number)}\n`;
    await commitFiles(this.repository, this.branch, `Theirs ${String(number)}`, [{ path: theirs, content }]);
    return content;
  }

  /** What the folder remembers, once nobody is in the middle of anything. */
  private settled(): Promise<CheckoutState> {
    const own = (name: string): string => path.join(this.folder, '.api-source-control', name);
    return waitFor(async () => {
      if (existsSync(own('lease.json')) || existsSync(own('journal.json'))) return undefined;
      return decodeState(await readFile(own('state.json'), 'utf8'));
    }, 'nobody has the folder');
  }

  private windowsOf({ window }: Step): { readonly window: Workbench; readonly other: Workbench } {
    const at = (index: number): Workbench => {
      const found = this.windows[index % this.windows.length];
      if (found === undefined) throw new Error('no window');
      return found;
    };
    return { window: at(window), other: at(window + 1) };
  }

  private get files(): Set<string> {
    const files = this.changed.get(this.branch) ?? new Set();
    this.changed.set(this.branch, files);
    return files;
  }

  private get summary(): RegExp {
    const { size } = this.files;
    return new RegExp(`${this.branch}${size === 0 ? '' : ` ↑${String(size)}`}$`);
  }

  private read(file: string): Promise<string> {
    return readFile(path.join(this.folder, file), 'utf8');
  }
}

function editsIn(text: string): string {
  return Array.from(text.matchAll(/# edit (\d+)/g), ([, number]) => number).join();
}

/** The last few edits that a text has, in whatever order an editor draws its lines. */
function newestEdits(text: string): string {
  const numbers = Array.from(text.matchAll(/# edit (\d+)/g), ([, number]) => Number(number));
  return numbers
    .sort((a, b) => b - a)
    .slice(0, 10)
    .join();
}

/** Whether the lines that are drawn, in whatever order, are of this text: another editor may still be seen. */
function hasTop(shown: string, text: string): boolean {
  const lines = new Set(shown.split('\n').map((line) => line.trim()));
  return text
    .split('\n')
    .slice(0, 12)
    .every((line) => lines.has(line.trim()));
}

/** The click that opens it may have fallen on a list that was drawn anew. */
function appears(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: patience / 2 }).then(
    () => true,
    () => false,
  );
}

/** Does it until it is done: never again what was done already. */
async function again(isDone: () => Promise<boolean>, what: string, act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; !(await isDone()); attempt++) {
    await act();
    try {
      await waitFor(isDone, what, patience);
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}
