import { Failure } from '../errors.ts';
import { isObjectId } from '../model/ids.ts';
import type { ApiId, BlobId, CommitId } from '../model/ids.ts';
import { isRepoPath } from '../model/repoPath.ts';
import type { RepoPath } from '../model/repoPath.ts';
import type { HostId, RepositoryRef } from '../model/repository.ts';
import type { BaseVersion, FileMode, FileVersion } from '../model/snapshot.ts';
import type { BranchState, CheckoutState, ParkedFile, ParkedFiles, PushIntent } from './checkoutState.ts';

/** Grows when a reader of before would misunderstand the file. */
const format = 1;
/** With parked work: a version of before parking would save the state without it. */
const parkingFormat = 2;

/** The text of `state.json`: keys in a fixed order, so that equal states are equal texts. */
export function encodeState(state: CheckoutState): string {
  const { host, origin, id, name } = state.repository;
  const file = {
    format: state.parked === undefined ? format : parkingFormat,
    repository: { host, origin, id, name },
    branch: state.branch,
    branches: toObject(state.branches, encodeBranch),
    ...(state.intent === undefined ? {} : { intent: encodeIntent(state.intent) }),
    ...(state.parked === undefined ? {} : { parked: toObject(state.parked, encodeParked) }),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

function encodeBranch(branch: BranchState): unknown {
  return {
    ...(branch.head === undefined ? {} : { head: branch.head }),
    base: toObject(branch.base, encodeBaseVersion),
    members: toObject(branch.members, (paths) => [...paths].sort()),
  };
}

function encodeBaseVersion({ id, mode, commit }: BaseVersion): unknown {
  return { id, mode, commit };
}

function encodeVersion(version: FileVersion | null): unknown {
  return version === null ? null : { id: version.id, mode: version.mode };
}

function encodeParked(files: ParkedFiles): unknown {
  return toObject(files, ({ base, local }) => ({
    ...(base === undefined ? {} : { base: encodeBaseVersion(base) }),
    local: encodeVersion(local),
  }));
}

function encodeIntent({ branch, expectedHead, message, changes }: PushIntent): unknown {
  return {
    branch,
    ...(expectedHead === undefined ? {} : { expectedHead }),
    message,
    changes: toObject(changes, encodeVersion),
  };
}

/** `fromEntries` defines properties, it does not assign them: a key named `__proto__` is a key like any other. */
function toObject<K extends string, V>(map: ReadonlyMap<K, V>, encode: (value: V) => unknown): object {
  const keys = [...map.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, encode(map.get(key) as V)]));
}

/** @throws Failure `invalidFile`, with the place in `detail`, unless `text` is exactly what {@link encodeState} makes. */
export function decodeState(text: string): CheckoutState {
  const file = asObject(parseJson(text), 'state');
  const { intent, parked } = file;
  if (file['format'] !== (parked === undefined ? format : parkingFormat)) throw invalid('format');
  return {
    repository: decodeRepository(asObject(file['repository'], 'repository')),
    branch: asText(file['branch'], 'branch'),
    branches: toMap(file['branches'], 'branches', asName, decodeBranch),
    ...(intent === undefined ? {} : { intent: decodeIntent(asObject(intent, 'intent')) }),
    ...(parked === undefined ? {} : { parked: toMap(parked, 'parked', asName, decodeParked) }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('invalidFile', { detail: 'JSON' }, { cause: error });
  }
}

function decodeRepository(value: JsonObject): RepositoryRef {
  return {
    host: asHost(value['host']),
    origin: asText(value['origin'], 'repository.origin'),
    id: asText(value['id'], 'repository.id'),
    name: asText(value['name'], 'repository.name'),
  };
}

function decodeBranch(value: unknown, place: string): BranchState {
  const branch = asObject(value, place);
  const head = branch['head'];
  return {
    ...(head === undefined ? {} : { head: asCommit(head, `${place}.head`) }),
    base: toMap(branch['base'], `${place}.base`, asPath, decodeBaseVersion),
    members: toMap(branch['members'], `${place}.members`, asName<ApiId>, decodePaths),
  };
}

function decodeIntent(value: JsonObject): PushIntent {
  const head = value['expectedHead'];
  return {
    branch: asText(value['branch'], 'intent.branch'),
    ...(head === undefined ? {} : { expectedHead: asCommit(head, 'intent.expectedHead') }),
    message: asText(value['message'], 'intent.message'),
    changes: toMap(value['changes'], 'intent.changes', asPath, decodeVersionOrNull),
  };
}

function decodeParked(value: unknown, place: string): ParkedFiles {
  return toMap(value, place, asPath, (file, at): ParkedFile => {
    const { base, local } = asObject(file, at);
    return {
      ...(base === undefined ? {} : { base: decodeBaseVersion(base, `${at}.base`) }),
      local: decodeVersionOrNull(local, `${at}.local`),
    };
  });
}

function decodeVersionOrNull(value: unknown, place: string): FileVersion | null {
  return value === null ? null : decodeVersion(value, place);
}

function decodeVersion(value: unknown, place: string): FileVersion {
  const version = asObject(value, place);
  const { id, mode } = version;
  if (typeof id !== 'string' || !isObjectId(id)) throw invalid(`${place}.id`);
  return { id: id as BlobId, mode: asMode(mode, `${place}.mode`) };
}

function decodeBaseVersion(value: unknown, place: string): BaseVersion {
  return { ...decodeVersion(value, place), commit: asCommit(asObject(value, place)['commit'], `${place}.commit`) };
}

function decodePaths(value: unknown, place: string): ReadonlySet<RepoPath> {
  if (!Array.isArray(value)) throw invalid(place);
  return new Set(value.map((path: unknown) => asPath(asText(path, place), place)));
}

type JsonObject = Readonly<Record<string, unknown>>;

function toMap<K extends string, V>(
  value: unknown,
  place: string,
  decodeKey: (key: string, place: string) => K,
  decode: (value: unknown, place: string) => V,
): ReadonlyMap<K, V> {
  const entries = Object.entries(asObject(value, place));
  return new Map(entries.map(([key, item]) => [decodeKey(key, place), decode(item, `${place}.${key}`)]));
}

function asObject(value: unknown, place: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(place);
  return value as JsonObject;
}

function asText(value: unknown, place: string): string {
  if (typeof value !== 'string') throw invalid(place);
  return value;
}

function asName<Name extends string>(text: string, place: string): Name {
  if (text === '') throw invalid(place);
  return text as Name;
}

function asPath(text: string, place: string): RepoPath {
  if (!isRepoPath(text)) throw invalid(place);
  return text;
}

function asCommit(value: unknown, place: string): CommitId {
  if (typeof value !== 'string' || !isObjectId(value)) throw invalid(place);
  return value as CommitId;
}

function asMode(value: unknown, place: string): FileMode {
  if (value !== 'regular' && value !== 'executable') throw invalid(place);
  return value;
}

const hosts: Readonly<Record<HostId, true>> = {
  git: true,
  github: true,
  gitlab: true,
  bitbucket: true,
  bitbucketDataCenter: true,
  azureDevOps: true,
};

function asHost(value: unknown): HostId {
  if (typeof value !== 'string' || !Object.hasOwn(hosts, value)) throw invalid('repository.host');
  return value as HostId;
}

function invalid(place: string): Failure {
  return new Failure('invalidFile', { paths: ['.api-source-control/state.json'], detail: place });
}
