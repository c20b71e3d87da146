import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Emitter } from '../../../src/core/events.ts';
import { Failure } from '../../../src/core/errors.ts';
import type { Personal, RecentRepository } from '../../../src/ports/personal.ts';
import type { Workspace } from '../../../src/ports/workspace.ts';

/** A workspace folder on the disk, as VS Code would read and write its `apis.json`. */
export class DiskWorkspace implements Workspace {
  readonly trusted = true;
  readonly folders;
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly folder: string) {
    this.folders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
  }

  readApisFile(): Promise<string | undefined> {
    return Promise.resolve(readText(this.place));
  }

  async writeApisFile(_folder: string, text: string, expected: string | undefined): Promise<void> {
    if ((await this.readApisFile()) !== expected) throw new Failure('changedMeanwhile');
    replace(this.place, text);
    this.changes.fire();
  }

  private get place(): string {
    return join(this.folder, '.vscode', 'apis.json');
  }
}

/** What VS Code keeps of a person, in a file that outlives the process. */
export class DiskPersonal implements Personal {
  readonly recentRepositories: readonly RecentRepository[] = [];

  constructor(private readonly place: string) {}

  isApproved(key: string): boolean {
    return this.approved.includes(key);
  }

  async approve(key: string): Promise<void> {
    await Promise.resolve();
    replace(this.place, JSON.stringify([...this.approved, key]));
  }

  async revoke(key: string): Promise<void> {
    await Promise.resolve();
    replace(this.place, JSON.stringify(this.approved.filter((each) => each !== key)));
  }

  async rememberRepository(): Promise<void> {
    await Promise.resolve();
  }

  accountOf(): undefined {
    return undefined;
  }

  async bindAccount(): Promise<void> {
    await Promise.resolve();
  }

  isDeclined(): boolean {
    return false;
  }

  async decline(): Promise<void> {
    await Promise.resolve();
  }

  private get approved(): readonly string[] {
    return JSON.parse(readText(this.place) ?? '[]') as string[];
  }
}

export function readText(place: string): string | undefined {
  return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
}

function replace(place: string, text: string): void {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(`${place}.new`, text);
  renameSync(`${place}.new`, place);
}
