import assert from 'node:assert/strict';
import { MemoryBlobStore } from '../../../src/adapters/memory/memoryBlobStore.ts';
import { fetchFrom } from '../../../src/app/checkout/fetchFiles.ts';
import { RemoteFiles } from '../../../src/app/checkout/remoteFiles.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { TreeEntry } from '../../../src/core/model/snapshot.ts';
import type { RepositoryHost } from '../../../src/ports/repositoryHost.ts';
import { bytesOf, call } from '../../contract/support.ts';
import { hasher } from '../../contract/forgeTools.ts';

describe('files of a host whose tree tells names alone', () => {
  it('have the mode that reading told', async () => {
    const paths = ['run.sh', 'a.yaml'] as RepoPath[];
    const tree = new Map(paths.map((path): [RepoPath, TreeEntry] => [path, { path, kind: 'regular' }]));
    const host: Pick<RepositoryHost, 'readFiles' | 'modesRead'> = {
      readFiles: (_repository, _commit, files) =>
        Promise.resolve(new Map(files.map(({ path }) => [path, bytesOf(path)]))),
      modesRead: () => new Map([['run.sh' as RepoPath, 'executable']]),
    };
    const commit = '1'.repeat(40) as CommitId;
    const fetch = fetchFrom(host as RepositoryHost, 'PAY/payments');
    const files = RemoteFiles.ofTree(commit, tree, new MemoryBlobStore(hasher), fetch);
    const versions = await files.snapshot(paths, call());
    assert.deepEqual(
      [...versions].map(([path, { mode }]) => [path, mode]),
      [
        ['run.sh', 'executable'],
        ['a.yaml', 'regular'],
      ],
    );
  });
});
