import { Failure } from '../core/errors.ts';
import type { Disposable } from '../core/events.ts';
import type { Api } from '../core/model/api.ts';
import { parseApisFile } from '../core/model/apisFile.ts';
import type { Personal } from '../ports/personal.ts';
import type { Workspace } from '../ports/workspace.ts';
import { apiKey } from './apiKeys.ts';
import type { ApiNode } from './apiNode.ts';
import type { ApisFileProblem, ApiStore } from './apiStore.ts';
import { isEnded, stateOf } from './approvals.ts';

/** Keeps the store in step with the `apis.json` of every workspace folder. Reads those files and nothing else. */
export class LoadApis implements Disposable {
  private readonly subscription: Disposable;
  private running: Promise<void> | undefined;
  private isStale = false;

  constructor(
    private readonly workspace: Workspace,
    private readonly personal: Personal,
    private readonly store: ApiStore,
  ) {
    this.subscription = workspace.onDidChange(() => void this.run());
  }

  /** Afterwards the store shows what the files say now; a call in the middle of another reads once more. */
  run(): Promise<void> {
    this.isStale = true;
    this.running ??= this.readUntilFresh().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async readUntilFresh(): Promise<void> {
    while (this.isStale) {
      this.isStale = false;
      const nodes: ApiNode[] = [];
      const problems: ApisFileProblem[] = [];
      for (const { uri } of this.workspace.folders) await this.readFolder(uri, nodes, problems);
      this.store.reset(nodes, problems);
    }
  }

  private async readFolder(folder: string, nodes: ApiNode[], problems: ApisFileProblem[]): Promise<void> {
    try {
      const { apis, problems: found } = parseApisFile((await this.workspace.readApisFile(folder)) ?? '');
      for (const api of apis) nodes.push(this.nodeOf(folder, api));
      for (const problem of found) {
        const { code, property } = problem;
        const message = property === undefined ? code : `${property}: ${code}`;
        problems.push({ workspaceFolder: folder, ...problem, message });
      }
    } catch (error) {
      if (!Failure.is(error)) throw error;
      problems.push({ workspaceFolder: folder, code: 'unreadable', message: error.message, offset: 0, length: 0 });
    }
  }

  /** What is known of an API stays while its entry and its approval say the same. */
  private nodeOf(workspaceFolder: string, api: Api): ApiNode {
    const key = apiKey(workspaceFolder, api.id);
    const state = stateOf(this.personal, workspaceFolder, api);
    const ended = isEnded(this.personal, workspaceFolder, api) ? ({ ended: true } as const) : {};
    const known = this.store.get(key);
    if (known !== undefined && known.state === state && isSame(known.api, api)) return known;
    const isSamePlace =
      known !== undefined &&
      known.state === state &&
      known.api.folder === api.folder &&
      isSame(known.api.connection, api.connection);
    return isSamePlace ? { ...known, api } : { key, workspaceFolder, api, state, ...ended };
  }
}

/** Both were made by the same parser, so that equal values have equal texts. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
