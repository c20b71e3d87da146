import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../core/errors.ts';
import { checkPath } from '../../core/model/pathRules.ts';
import { isRepoPath } from '../../core/model/repoPath.ts';
import type { CheckoutStorage, CheckoutStorages } from '../../ports/checkoutStorage.ts';
import { DiskBackups } from './diskBackups.ts';
import { DiskBlobStore } from './diskBlobStore.ts';
import { nodeFs } from './diskFs.ts';
import type { DiskFs } from './diskFs.ts';
import { DiskJournalStore } from './diskJournalStore.ts';
import { DiskLeaseStore } from './diskLeaseStore.ts';
import { DiskStateStore } from './diskStateStore.ts';
import { DiskWorkingCopy } from './diskWorkingCopy.ts';
import type { DiskTools } from './diskWorkingCopy.ts';
import { OwnFolder } from './ownFolder.ts';
import { ParentFolders } from './parentFolders.ts';

/** Checkouts in workspace folders whose URIs are `file:`. */
export class DiskStorages implements CheckoutStorages {
  private readonly tools: DiskTools;

  constructor(tools: Omit<DiskTools, 'fs'> & { readonly fs?: DiskFs }) {
    this.tools = { fs: nodeFs, ...tools };
  }

  async open(workspaceFolder: string, folder: string): Promise<CheckoutStorage> {
    const root = join(pathOf(workspaceFolder), await this.safe(workspaceFolder, folder));
    return this.openAt(root, root);
  }

  /** Stores for the folder at an absolute path; what is remembered of it lies in `memory`. */
  openAt(root: string, memory: string): CheckoutStorage {
    const own = new OwnFolder(this.tools.fs, memory);
    return {
      files: new DiskWorkingCopy(root, own, this.tools),
      blobs: new DiskBlobStore(own, this.tools.hasher),
      state: new DiskStateStore(own),
      journal: new DiskJournalStore(own),
      lease: new DiskLeaseStore(own),
      backups: new DiskBackups(own, relative(root, memory).split(sep).join('/')),
    };
  }

  /** How the person got to the workspace folder is their own business; from there on down nothing may be a link. */
  private async safe(workspaceFolder: string, folder: string): Promise<string> {
    if (folder === '') return folder;
    const refusal = checkPath(folder, this.tools.platform);
    if (refusal !== undefined || !isRepoPath(folder)) {
      throw new Failure('unsafePath', { paths: [folder], detail: refusal?.rule ?? 'empty' });
    }
    const parents = new ParentFolders(this.tools.fs, pathOf(workspaceFolder));
    const obstacle = await parents.obstacleAt(folder);
    if (obstacle !== undefined) throw new Failure('unsafePath', { paths: [folder], detail: obstacle.kind });
    return folder;
  }
}

function pathOf(workspaceFolder: string): string {
  try {
    return fileURLToPath(workspaceFolder);
  } catch (error) {
    throw new Failure('unsafePath', { paths: [workspaceFolder], detail: 'scheme' }, { cause: error });
  }
}
