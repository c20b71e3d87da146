import type { TreeEntryKind } from '../../src/core/model/snapshot.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import type { GitEdits, GitMode, GitRepository } from '../forge/git/gitRepository.ts';
import type { Forge } from '../forge/http/forge.ts';
import type { ForgeTools } from './forgeTools.ts';
import { SecretsFound } from '../secrets/secretScan.ts';
import type { World, WorldAccess, WorldEdits } from './hostUnderTest.ts';
import { until } from './support.ts';

export interface ForgeWorldOptions {
  readonly forge: Forge;
  readonly repository: GitRepository;
  readonly host: RepositoryHost;
  readonly teammate: RepositoryHost;
  /** The repository's id for `host`. */
  readonly id: string;
  /** What the adapters are made of. */
  readonly tools?: ForgeTools;
  readonly access?: WorldAccess;
  /** What else has to end, and tells of secrets that it finds. */
  close?(): void | Promise<void>;
}

/** The world of a host that speaks HTTP: a forge in front of a bare repository. */
export function forgeWorld(options: ForgeWorldOptions): World {
  const { forge, repository, host, teammate, id, tools, access } = options;
  return {
    host,
    teammate,
    repository: id,
    forge,
    ...(tools ? { time: tools.time } : {}),
    ...(access ? { access } : {}),
    ...repositoryWorld(repository),
    requests: () => forge.requests.length,
    beforeCommit: (run) => (forge.faults.beforeCommit = run),
    loseAnswer: () => (forge.faults.loseAnswer = true),
    hold: () => hold(forge),
    processes: () => [],
    close: async () => {
      await forge.stop();
      const found = [...forge.violations, ...(await secretsFound(options.close))];
      if (found.length > 0) throw new NotAllowed([...new Set(found)]);
    },
  };
}

async function secretsFound(close: ForgeWorldOptions['close']): Promise<readonly string[]> {
  try {
    await close?.();
    return [];
  } catch (error) {
    if (error instanceof SecretsFound) return error.findings;
    throw error;
  }
}

/** What was asked although no host would allow it, and what was said although nobody may hear it. */
export class NotAllowed extends Error {
  constructor(readonly violations: readonly string[]) {
    super(violations.join('\n'));
  }
}

/** What teammates do to a bare repository, and what it holds. */
export function repositoryWorld(
  repository: GitRepository,
): Pick<World, 'push' | 'moveTo' | 'removeBranch' | 'pushRaw' | 'headOf' | 'historyOf' | 'filesOf'> {
  return {
    push: (branch, edits, message) => repository.push(branch, gitEdits(edits), message),
    moveTo: (branch, commit) => repository.moveTo(branch, commit),
    removeBranch: (branch) => repository.deleteBranch(branch),
    pushRaw: (branch, names) => repository.pushRawTree(branch, names),
    headOf: (branch) => repository.head(branch),
    historyOf: (branch) => history(repository, branch),
    filesOf: (commit) => files(repository, commit),
  };
}

function hold(forge: Forge): ReturnType<World['hold']> {
  const before = forge.requests.length;
  let release = () => {};
  forge.faults.hold = new Promise((resolve) => (release = resolve));
  return {
    reached: until(() => forge.requests.length > before),
    release: () => {
      forge.faults.hold = undefined;
      release();
    },
  };
}

const modes: Record<TreeEntryKind, GitMode> = {
  regular: '100644',
  executable: '100755',
  link: '120000',
  submodule: '160000',
};

function gitEdits(edits: WorldEdits): GitEdits {
  return Object.fromEntries(
    Object.entries(edits).map(([path, edit]) => {
      if (edit === null || typeof edit === 'string' || edit instanceof Uint8Array) return [path, edit];
      return [path, { mode: modes[edit.kind], content: edit.content }];
    }),
  );
}

function history(repository: GitRepository, branch: string): ReturnType<World['historyOf']> {
  const records = repository.git('log', '-z', '--format=%H%n%B', `refs/heads/${branch}`).replace(/\0$/, '').split('\0');
  return records.map((record) => ({ id: record.slice(0, 40), message: record.slice(41).trimEnd() }));
}

function files(repository: GitRepository, commit: string): ReturnType<World['filesOf']> {
  const kinds = new Map(Object.entries(modes).map(([kind, mode]) => [mode as string, kind as TreeEntryKind]));
  const entries = [...repository.entries(commit)].map(([path, { mode, id }]) => {
    const kind = kinds.get(mode)!;
    return [path, { kind, bytes: kind === 'submodule' ? new Uint8Array() : repository.blob(id) }] as const;
  });
  return new Map(entries);
}
