import assert from 'node:assert/strict';
import type { CommitId } from '../../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../../src/core/model/repoPath.ts';
import type { Tree, TreeEntryKind } from '../../../../src/core/model/snapshot.ts';
import { commitActions } from '../../../../src/hosts/gitlab/commitActions.ts';
import { inSnakeCase, queryString } from '../../../../src/hosts/gitlab/snakeCase.ts';
import { hasher } from '../../../contract/forgeTools.ts';
import { bytesOf, remove, write } from '../../../contract/support.ts';
import { gitBlobId } from '../../../forge/memory/memoryRepository.ts';

const seen = '5'.repeat(40) as CommitId;

function treeOf(files: Readonly<Record<string, readonly [content: string, kind?: TreeEntryKind]>>): Tree {
  return new Map(
    Object.entries(files).map(([name, [content, kind = 'regular']]) => {
      const path = name as RepoPath;
      return [path, { path, kind, id: gitBlobId(bytesOf(content)) }];
    }),
  );
}

describe('the actions of a commit', () => {
  it('carry the expected head wherever a file is there already', async () => {
    const tree = treeOf({ edit: ['1'], gone: ['g'], chmod: ['c'], both: ['b'] });
    const changes = [
      write('new', 'n', null),
      write('run', 'r', null, 'executable'),
      write('edit', '2', '1'),
      write('chmod', 'c', 'c', 'executable'),
      write('both', 'B', 'b', 'executable'),
      remove('gone', 'g'),
    ];
    assert.deepEqual(await commitActions(changes, tree, seen, hasher), [
      { action: 'delete', filePath: 'gone', lastCommitId: seen },
      { action: 'create', filePath: 'new', content: 'n', encoding: 'text' },
      { action: 'create', filePath: 'run', content: 'r', encoding: 'text' },
      { action: 'chmod', filePath: 'run', execute_filemode: true },
      { action: 'update', filePath: 'edit', content: '2', encoding: 'text', lastCommitId: seen },
      { action: 'chmod', filePath: 'chmod', execute_filemode: true, lastCommitId: seen },
      { action: 'update', filePath: 'both', content: 'B', encoding: 'text', lastCommitId: seen },
      { action: 'chmod', filePath: 'both', execute_filemode: true, lastCommitId: seen },
    ]);
  });

  it('carry none on a new branch, where GitLab would compare with the default branch', async () => {
    const actions = await commitActions([write('a', '2', '1')], treeOf({ a: ['1'] }), undefined, hasher);
    assert.deepEqual(actions, [{ action: 'update', filePath: 'a', content: '2', encoding: 'text' }]);
  });

  it('send as text what is one, and as base64 what is not', async () => {
    const sent = async (bytes: Uint8Array) => {
      const [{ content, encoding } = {}] = await commitActions([write('a', bytes, null)], new Map(), seen, hasher);
      return [encoding, content];
    };
    assert.deepEqual(await sent(bytesOf('\uFEFFgrün\r\n')), ['text', '\uFEFFgrün\r\n']);
    assert.deepEqual(await sent(bytesOf('')), ['text', '']);
    assert.deepEqual(await sent(Uint8Array.of(0xff, 0xfe)), ['base64', '//4=']);
    assert.deepEqual(await sent(bytesOf('a\0b')), ['base64', 'YQBi']);
  });

  it('replace a link, instead of leading it elsewhere', async () => {
    const actions = await commitActions([write('a', 'file', 'x')], treeOf({ a: ['x', 'link'] }), seen, hasher);
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['delete', 'create'],
    );
  });
});

describe('names in snake case', () => {
  it('are those of keys at any depth, never of values', () => {
    assert.deepEqual(
      inSnakeCase({ commitMessage: 'camelCase', actions: [{ filePath: 'a/bC.yaml', execute_filemode: true }] }),
      {
        commit_message: 'camelCase',
        actions: [{ file_path: 'a/bC.yaml', execute_filemode: true }],
      },
    );
  });

  it('are encoded in a query', () => {
    assert.equal(
      queryString({ perPage: 100, search: 'a&b=c#ü', refs: ['a', 'b'], none: undefined }),
      '?per_page=100&search=a%26b%3Dc%23%C3%BC&refs=a%2Cb',
    );
    assert.equal(queryString(), '');
  });
});
