import type { ApiKey, ApiNode, CheckoutKey, DefinitionFile, SyncStatus } from '../../../src/app/apiNode.ts';
import type { ApisFileProblem, ReadonlyApiStore } from '../../../src/app/apiStore.ts';
import type { ReferenceProblem } from '../../../src/core/definition/definition.ts';
import { defaultCollectionFolder } from '../../../src/core/model/api.ts';
import type { ApiId, BlobId, CommitId } from '../../../src/core/model/ids.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import type { BaseVersion } from '../../../src/core/model/snapshot.ts';
import type { PlanItem } from '../../../src/core/sync/planItem.ts';

export const workspaceFolder = 'file:///work';

export function apiKey(id: string): ApiKey {
  return `${workspaceFolder}#${id}` as ApiKey;
}

/** An API as the store would show it; everything that a test does not care for is there already. */
export function apiNode(id: string, parts: Partial<ApiNode> = {}): ApiNode {
  return {
    key: apiKey(id),
    workspaceFolder,
    api: { id: id as ApiId, name: id, folder: 'repo', addedFiles: [], collectionFolder: defaultCollectionFolder },
    state: 'local',
    ...parts,
  };
}

export function syncStatus(parts: Partial<SyncStatus> = {}): SyncStatus {
  return {
    checkout: `${workspaceFolder}#repo` as CheckoutKey,
    branch: 'main',
    standing: 'upToDate',
    plan: [],
    outgoing: 0,
    incoming: 0,
    conflicts: 0,
    inDoubt: false,
    ...parts,
  };
}

export function file(path: string, role: DefinitionFile['role'] = 'dependent'): DefinitionFile {
  return { path: asRepoPath(path), role, presence: 'here' };
}

export function unresolved(from: string, target: string, line = 0): ReferenceProblem {
  const range = { line, character: 0, endLine: line, endCharacter: 1 };
  return { kind: 'unresolved', from: asRepoPath(from), target, range };
}

export const version: BaseVersion = {
  id: 'a'.repeat(40) as BlobId,
  mode: 'regular',
  commit: 'c'.repeat(40) as CommitId,
};

/** One item of every kind, in the order of their paths. */
export const everyChange: readonly PlanItem[] = [
  { kind: 'outgoing', change: 'added', path: asRepoPath('a-added'), local: version },
  {
    kind: 'outgoing',
    change: 'modified',
    path: asRepoPath('b-modified'),
    base: version,
    local: version,
    remote: version,
  },
  { kind: 'outgoing', change: 'deleted', path: asRepoPath('c-deleted'), base: version, remote: version },
  { kind: 'incoming', change: 'added', path: asRepoPath('d-new'), remote: version },
  { kind: 'incoming', change: 'modified', path: asRepoPath('e-newer'), base: version, local: version, remote: version },
  { kind: 'incoming', change: 'deleted', path: asRepoPath('f-gone'), base: version, local: version },
  {
    kind: 'conflict',
    conflict: 'bothModified',
    path: asRepoPath('g-both'),
    base: version,
    local: version,
    remote: version,
  },
  {
    kind: 'conflict',
    conflict: 'bothModified',
    mergeable: true,
    path: asRepoPath('h-joined'),
    base: version,
    local: version,
    remote: version,
  },
  { kind: 'converged', path: asRepoPath('i-same'), base: version, local: version, remote: version },
];

/** A store that a test changes by hand. */
export class HandStore implements Pick<ReadonlyApiStore, 'apis' | 'get' | 'problems'> {
  problems: readonly ApisFileProblem[] = [];

  constructor(public apis: readonly ApiNode[]) {}

  get(key: ApiKey): ApiNode | undefined {
    return this.apis.find((node) => node.key === key);
  }

  replace(node: ApiNode): void {
    this.apis = this.apis.map((each) => (each.key === node.key ? node : each));
  }
}

const [oldName, newName, theirName] = [asRepoPath('old'), asRepoPath('new'), asRepoPath('newer')];

/** A file that one side renamed. */
export function renamed(kind: 'outgoing' | 'incoming'): readonly PlanItem[] {
  const rename = { from: oldName, [kind === 'outgoing' ? 'here' : 'there']: newName };
  return [
    { kind, change: 'added', path: newName, rename, [kind === 'outgoing' ? 'local' : 'remote']: version },
    { kind, change: 'deleted', path: oldName, rename, base: version },
  ];
}

/** A file that was renamed `here` or `there`, and edited on the other side. */
export function renamedAndEdited(side: 'here' | 'there'): readonly PlanItem[] {
  const [added] = renamed(side === 'here' ? 'outgoing' : 'incoming');
  const rename = { from: oldName, [side]: newName };
  const conflict = side === 'here' ? 'deletedHere' : 'deletedThere';
  const edited = { [side === 'here' ? 'remote' : 'local']: version };
  return [
    ...(added === undefined ? [] : [added]),
    { kind: 'conflict', conflict, mergeable: true, path: oldName, rename, base: version, ...edited },
  ];
}

/** A file that both sides renamed, each in its own way. */
export const renamedDifferently: readonly PlanItem[] = [newName, theirName, oldName].map((path) => ({
  kind: 'conflict',
  conflict: 'renamedDifferently',
  path,
  rename: { from: oldName, here: newName, there: theirName },
}));
