import type { Node } from 'jsonc-parser';
import { defaultCollectionFolder } from './api.ts';
import type { Api, Connection } from './api.ts';
import { child, properties } from './apisFileNodes.ts';
import type { ApisProblem, ApisProblemCode } from './apisProblem.ts';
import { branchNameProblem } from './branchName.ts';
import type { ApiId } from './ids.ts';
import { checkPath } from './pathRules.ts';
import { isRepoPath } from './repoPath.ts';
import type { RepoPath } from './repoPath.ts';
import type { HostId, RepositoryRef } from './repository.ts';

/** Hears what is wrong, at which node, about which property, and by which rule. */
export type Refuse = (code: ApisProblemCode, node: Node, property?: string, rule?: ApisProblem['rule']) => void;

/** One entry of `apis`. What is wrong goes to `refuse`; the answer only counts when nothing did. */
export function readApi(entry: Node, refuse: Refuse): Api | undefined {
  if (!isObject(entry, refuse)) return undefined;
  const id = readText(entry, 'id', refuse);
  const name = readText(entry, 'name', refuse);
  const folder = readFolder(entry, refuse);
  const rootFile = readPath(child(entry, 'rootFile'), 'rootFile', refuse);
  const collectionFolder = readPath(child(entry, 'collectionFolder'), 'collectionFolder', refuse);
  const addedFiles = readPaths(child(entry, 'addedFiles'), 'addedFiles', refuse);
  const connection = readConnection(child(entry, 'connection'), refuse);
  if (id === undefined || name === undefined || folder === undefined) return undefined;
  return {
    id: id as ApiId,
    name,
    folder,
    ...(rootFile === undefined ? {} : { rootFile }),
    addedFiles,
    collectionFolder: collectionFolder ?? defaultCollectionFolder,
    ...(connection === undefined ? {} : { connection }),
  };
}

function readConnection(node: Node | undefined, refuse: Refuse): Connection | undefined {
  if (node === undefined || !isObject(node, refuse, 'connection')) return undefined;
  const repository = readRepository(node, refuse);
  const branch = readText(node, 'branch', refuse);
  const rule = branch === undefined ? undefined : branchNameProblem(branch);
  if (rule !== undefined) refuse('invalidName', child(node, 'branch') ?? node, 'branch', rule);
  return repository === undefined || branch === undefined ? undefined : { repository, branch };
}

function readRepository(connection: Node, refuse: Refuse): RepositoryRef | undefined {
  const host = readText(connection, 'host', refuse);
  if (host !== undefined && !isHostId(host)) refuse('unknownHost', child(connection, 'host') ?? connection, 'host');
  const origin = readUrl(connection, 'origin', refuse);
  if (origin !== undefined && host !== undefined && !schemesOf(host).has(schemeOf(origin))) {
    refuse('unsafeOrigin', child(connection, 'origin') ?? connection, 'origin');
  }
  const repository = child(connection, 'repository');
  if (repository === undefined) refuse('missing', connection, 'repository');
  if (repository === undefined || !isObject(repository, refuse, 'repository')) return undefined;
  const id = readUrl(repository, 'id', refuse);
  const name = readText(repository, 'name', refuse);
  if (host === undefined || !isHostId(host) || origin === undefined) return undefined;
  return id === undefined || name === undefined ? undefined : { host, origin, id, name };
}

/** Whether `node` is an object; one with a key twice is refused, and is one all the same. */
export function isObject(node: Node, refuse: Refuse, property?: string): boolean {
  if (node.type !== 'object') {
    refuse('wrongType', node, property);
    return false;
  }
  const seen = new Set<unknown>();
  for (const { key } of properties(node)) {
    if (seen.has(key.value)) refuse('duplicateKey', key, String(key.value));
    seen.add(key.value);
  }
  return true;
}

function readString(object: Node, key: string, refuse: Refuse): string | undefined {
  const node = child(object, key);
  if (node === undefined) refuse('missing', object, key);
  else if (typeof node.value !== 'string') refuse('wrongType', node, key);
  else return node.value;
  return undefined;
}

function readText(object: Node, key: string, refuse: Refuse): string | undefined {
  const text = readString(object, key, refuse);
  if (text === undefined || text.trim() !== '') return text;
  refuse('empty', child(object, key) ?? object, key);
  return undefined;
}

/** A URL, or what stands in its place; the file is shared, so it must not hold a password. */
function readUrl(object: Node, key: string, refuse: Refuse): string | undefined {
  const text = readText(object, key, refuse);
  if (text === undefined || !/\/\/[^/@]*:[^/@]*@/u.test(text)) return text;
  refuse('secret', child(object, key) ?? object, key);
  return undefined;
}

/** Teammates' machines differ: a folder that any of them cannot make is refused on all. */
function readFolder(entry: Node, refuse: Refuse): string | undefined {
  const folder = readString(entry, 'folder', refuse);
  if (folder === undefined || folder === '') return folder;
  const refusal = checkPath(folder, 'windows');
  if (refusal === undefined && isRepoPath(folder)) return folder;
  refuse('unsafeFolder', child(entry, 'folder') ?? entry, 'folder', refusal?.rule);
  return undefined;
}

/** Paths of a repository are as the repository has them; whether this platform can hold them shows at pull. */
function readPath(node: Node | undefined, property: string, refuse: Refuse): RepoPath | undefined {
  if (node === undefined) return undefined;
  const path: unknown = node.value;
  if (typeof path !== 'string') {
    refuse('wrongType', node, property);
    return undefined;
  }
  const refusal = checkPath(path, 'linux');
  if (refusal === undefined && isRepoPath(path)) return path;
  refuse('unsafePath', node, property, refusal?.rule);
  return undefined;
}

function readPaths(node: Node | undefined, property: string, refuse: Refuse): readonly RepoPath[] {
  if (node === undefined) return [];
  if (node.type !== 'array') refuse('wrongType', node, property);
  const paths = (node.children ?? []).flatMap((item) => readPath(item, property, refuse) ?? []);
  return [...new Set(paths)];
}

const hostIds: Readonly<Record<HostId, true>> = {
  git: true,
  github: true,
  gitlab: true,
  bitbucket: true,
  bitbucketDataCenter: true,
  azureDevOps: true,
};

const webSchemes: ReadonlySet<string> = new Set(['https', 'http']);
const gitSchemes: ReadonlySet<string> = new Set([...webSchemes, 'ssh', 'file']);

/** Ways to a host that exist at all; which origins a host has exactly is its own adapter's to say. */
function schemesOf(host: string): ReadonlySet<string> {
  return host === 'git' ? gitSchemes : webSchemes;
}

function schemeOf(origin: string): string {
  return /^([a-z][a-z0-9+.-]*):\/\//iu.exec(origin)?.[1]?.toLowerCase() ?? '';
}

function isHostId(text: string): text is HostId {
  return Object.hasOwn(hostIds, text);
}
