import { l10n, window } from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import { isRepoPath, type RepoPath } from '../../core/model/repoPath.ts';
import { branchSummary } from '../branch/branchSummary.ts';
import type { CurrentApi } from '../currentApi.ts';
import { ChangeState } from '../scm/changeState.ts';
import { rowPath } from '../tree/rowPath.ts';
import type { TreeRow } from '../tree/treeRow.ts';

/** Finds the API of a source control that a menu of the Source Control view hands over. */
export interface SourceControlLookup {
  apiOf(sourceControl: unknown): ApiKey | undefined;
}

export interface TargetFiles {
  readonly node: ApiNode;
  readonly paths: readonly RepoPath[];
}

/** Reads what a command was called on: tree rows, source controls, their groups and files, a key; else it asks. */
export class Targets {
  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly current: CurrentApi,
    private readonly sources: SourceControlLookup,
  ) {}

  /** The API named by the arguments; without one the only that fits, else what a person picks. */
  async api(
    args: readonly unknown[],
    fits: (node: ApiNode) => boolean,
    placeHolder: string,
  ): Promise<ApiNode | undefined> {
    const key = this.keyOf(args);
    const node = key === undefined ? await this.pick(fits, placeHolder) : this.store.get(key);
    if (node === undefined || !fits(node)) return undefined;
    this.current.select(node.key);
    return node;
  }

  /** Without asking: what a click on a row or a file named. */
  named(args: readonly unknown[]): ApiNode | undefined {
    const key = this.keyOf(args);
    return key === undefined ? undefined : this.store.get(key);
  }

  /** The files of the arguments, by API. */
  files(args: readonly unknown[]): readonly TargetFiles[] {
    const paths = new Map<ApiKey, Set<RepoPath>>();
    for (const { api, path } of flatten(args).flatMap(fileOf)) paths.set(api, (paths.get(api) ?? new Set()).add(path));
    return [...paths].flatMap(([api, set]) => {
      const node = this.store.get(api);
      return node === undefined ? [] : [{ node, paths: [...set] }];
    });
  }

  private keyOf(args: readonly unknown[]): ApiKey | undefined {
    for (const arg of flatten(args)) {
      const key = typeof arg === 'string' ? (arg as ApiKey) : (apiOfObject(arg) ?? this.sources.apiOf(arg));
      if (key !== undefined && this.store.get(key) !== undefined) return key;
    }
    return undefined;
  }

  private async pick(fits: (node: ApiNode) => boolean, placeHolder: string): Promise<ApiNode | undefined> {
    const nodes = this.store.apis.filter(fits);
    if (nodes.length < 2) return nodes[0];
    const current = this.current.node?.key;
    const items = nodes.map((node) => ({
      label: node.api.name,
      description: node.sync === undefined ? '' : branchSummary(node.sync),
      node,
    }));
    // The one that the person is at comes first, so that Enter takes it.
    items.sort((a, b) => Number(b.node.key === current) - Number(a.node.key === current));
    const options = { placeHolder, title: l10n.t('Choose an API'), matchOnDescription: true };
    return (await window.showQuickPick(items, options))?.node;
  }
}

export const isConnected = (node: ApiNode): boolean => node.state === 'connected';
export const isLocal = (node: ApiNode): boolean => node.state === 'local';
export const isAny = (): boolean => true;

/** A menu passes the row or file clicked, then all selected; a group stands for its files. */
function flatten(args: readonly unknown[]): readonly unknown[] {
  return args.flat().flatMap((arg) => (hasStates(arg) ? arg.resourceStates : [arg]));
}

function hasStates(arg: unknown): arg is { readonly resourceStates: readonly unknown[] } {
  return typeof arg === 'object' && arg !== null && 'resourceStates' in arg && Array.isArray(arg.resourceStates);
}

function apiOfObject(arg: unknown): ApiKey | undefined {
  return typeof arg === 'object' && arg !== null && 'api' in arg && typeof arg.api === 'string'
    ? (arg.api as ApiKey)
    : undefined;
}

function fileOf(arg: unknown): readonly { readonly api: ApiKey; readonly path: RepoPath }[] {
  if (arg instanceof ChangeState) return [{ api: arg.api, path: arg.item.path }];
  if (isNamedFile(arg)) return [arg];
  const path = isRow(arg) ? rowPath(arg) : undefined;
  return isRow(arg) && path !== undefined ? [{ api: arg.api, path }] : [];
}

/** What the button of a failure's message hands over. */
function isNamedFile(arg: unknown): arg is { readonly api: ApiKey; readonly path: RepoPath } {
  if (typeof arg !== 'object' || arg === null || 'kind' in arg || !('api' in arg) || !('path' in arg)) return false;
  return typeof arg.api === 'string' && typeof arg.path === 'string' && isRepoPath(arg.path);
}

/** Rows are the only plain objects with these three that commands are given. */
export function isRow(arg: unknown): arg is TreeRow {
  return typeof arg === 'object' && arg !== null && 'kind' in arg && 'id' in arg && 'api' in arg;
}
