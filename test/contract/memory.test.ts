import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryHost } from '../forge/memory/memoryHost.ts';
import { contract } from './contract.ts';
import type { HostUnderTest, World } from './hostUnderTest.ts';

for (const full of [true, false]) {
  const subject: HostUnderTest = {
    name: full ? 'memory, with ids and modes' : 'memory, without ids and modes',
    ids: full,
    modes: full,
    faults: true,
    open: () => Promise.resolve(memoryWorld(new MemoryHost({ ids: full, modes: full }))),
  };
  contract(subject);
}

function memoryWorld(host: MemoryHost): World {
  const repository = host.addRepository('acme/payments');
  return {
    host,
    teammate: host,
    repository: repository.id,
    push: (branch, edits, message) => repository.push(branch, edits, message),
    moveTo: (branch, commit) => void repository.moveTo(branch, commit as CommitId),
    removeBranch: (branch) => void repository.branches.delete(branch),
    pushRaw: (branch, names) => repository.push(branch, Object.fromEntries(names.map((name) => [name, 'hostile\n']))),
    headOf: (branch) => repository.branches.get(branch),
    historyOf: (branch) => {
      const head = repository.branches.get(branch);
      return head === undefined ? [] : repository.history(head).map(({ id, message }) => ({ id, message }));
    },
    filesOf: (commit) => {
      const files = [...(repository.commitAt(commit as CommitId)?.files ?? new Map<RepoPath, never>())];
      return new Map(
        files.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, { kind, bytes }]) => [path, { kind, bytes }]),
      );
    },
    requests: () => undefined,
    beforeCommit: (run) => (host.faults.beforeCommit = run),
    loseAnswer: () => (host.faults.loseAnswer = 'after'),
    hold: () => {
      let release = () => {};
      host.faults.hold = new Promise((resolve) => (release = resolve));
      return {
        reached: Promise.resolve(),
        release: () => {
          host.faults.hold = undefined;
          release();
        },
      };
    },
    processes: () => [],
    close: () => Promise.resolve(),
  };
}
