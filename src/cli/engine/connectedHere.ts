import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DiskStorages } from '../../adapters/disk/diskStorages.ts';
import { isAbsent } from '../../adapters/disk/ioError.ts';
import { approvalKey } from '../../app/approvals.ts';
import { isSameRepository } from '../../app/checkout/checkouts.ts';
import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import type { Personal } from '../../ports/personal.ts';
import type { OpenFolder } from '../openFolder.ts';

/** An API whose folder remembers that it was connected here, to the repository that `apis.json` names. */
export interface FoundCheckout {
  readonly api: Api;
  readonly repository: RepositoryRef;
  readonly storage: CheckoutStorage;
}

/**
 * What a person approved is kept by the editor, where no script can read it. But approving makes a checkout, whose
 * memory ignores itself and so comes along with no clone: where it is, and is of the repository that `apis.json` names,
 * somebody approved it on this computer.
 */
export async function findCheckouts(folder: OpenFolder, storages: DiskStorages): Promise<readonly FoundCheckout[]> {
  const found: FoundCheckout[] = [];
  for (const api of folder.file.apis) {
    if (api.connection === undefined) continue;
    const { repository } = api.connection;
    for (const storage of await storagesOf(folder, api, storages)) {
      if (await remembers(storage, repository)) found.push({ api, repository, storage });
    }
  }
  return found;
}

/** The command line approves nothing, and remembers nothing of a person. */
export class ConnectedHere implements Personal {
  readonly recentRepositories = [];
  private readonly approved: ReadonlySet<string>;

  constructor(workspaceFolder: string, checkouts: readonly FoundCheckout[]) {
    this.approved = new Set(checkouts.map(({ api, repository }) => approvalKey(workspaceFolder, api, repository)));
  }

  isApproved(key: string): boolean {
    return this.approved.has(key);
  }

  approve(): Promise<void> {
    return refuse();
  }

  revoke(): Promise<void> {
    return refuse();
  }

  rememberRepository(): Promise<void> {
    return refuse();
  }

  /** Whoever the environment has a token of. */
  accountOf(): undefined {
    return undefined;
  }

  bindAccount(): Promise<void> {
    return refuse();
  }

  isDeclined(): boolean {
    return false;
  }

  decline(): Promise<void> {
    return refuse();
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Failure('unsupported', { detail: 'the command line keeps nothing of a person' }));
}

/** Memory lies in an own folder, or in the Git folder of a person's clone. */
async function storagesOf(folder: OpenFolder, api: Api, storages: DiskStorages): Promise<readonly CheckoutStorage[]> {
  const root = join(folder.path, api.folder);
  const gitFolder = await gitFolderOf(root);
  const clone = gitFolder === undefined ? [] : [storages.openAt(root, gitFolder)];
  try {
    return [...clone, await storages.open(folder.uri, api.folder)];
  } catch (error) {
    // A folder that nothing may be written to was never connected.
    if (Failure.is(error, 'unsafePath')) return clone;
    throw error;
  }
}

/** What cannot be read is there all the same: the look that follows says what is wrong with it. */
async function remembers({ state }: CheckoutStorage, repository: RepositoryRef): Promise<boolean> {
  try {
    const known = await state.load();
    return known !== undefined && isSameRepository(known.repository, repository);
  } catch (error) {
    if (Failure.is(error, 'invalidFile', 'tooLarge')) return true;
    throw error;
  }
}

/** `.git`, or where a worktree's `.git` file points to. */
async function gitFolderOf(root: string): Promise<string | undefined> {
  const place = join(root, '.git');
  try {
    if ((await stat(place)).isDirectory()) return place;
    const target = /^gitdir: (.+?)\s*$/.exec(await readFile(place, 'utf8'))?.[1];
    return target === undefined ? undefined : resolve(root, target);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
