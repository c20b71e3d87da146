import assert from 'node:assert/strict';
import fc from 'fast-check';
import { branchSummary } from '../../../src/vscode/branch/branchSummary.ts';
import { definitionTypeName } from '../../../src/vscode/definitionTypeName.ts';
import { textPosition } from '../../../src/vscode/diagnostics/textPosition.ts';
import { redactCredentials } from '../../../src/vscode/redactCredentials.ts';
import { groupItems } from '../../../src/vscode/scm/groupItems.ts';
import type { PlanItem } from '../../../src/core/sync/planItem.ts';
import { everyChange, renamed, renamedAndEdited, renamedDifferently, syncStatus } from './apiNodes.ts';

describe('branch summary', () => {
  it('names the branch and only the counts that are not zero', () => {
    assert.equal(branchSummary(syncStatus()), 'main');
    assert.equal(branchSummary(syncStatus({ outgoing: 1, incoming: 2 })), 'main ↑1 ↓2');
    assert.equal(branchSummary(syncStatus({ branch: 'a/b', conflicts: 3 })), 'a/b !3');
  });
});

describe('groups of the Source Control view', () => {
  const { conflicts, changes, incoming } = groupItems(everyChange);
  const names = (items: typeof changes): string[] => items.map(({ item, mark }) => `${item.path} ${mark}`);

  it('keep what a person must decide apart', () => {
    assert.deepEqual(names(conflicts), ['g-both conflict']);
  });

  it('show what a pull can join as a change and as incoming', () => {
    assert.deepEqual(names(changes), [
      'a-added added',
      'b-modified modified',
      'c-deleted deleted',
      'h-joined mergeable',
    ]);
    assert.deepEqual(names(incoming), [
      'd-new incomingAdded',
      'e-newer incomingModified',
      'f-gone incomingDeleted',
      'h-joined mergeable',
    ]);
  });

  it('show a renamed file once, by its new name', () => {
    const of = (items: readonly PlanItem[]): readonly (readonly string[])[] => {
      const groups = groupItems(items);
      return [groups.conflicts, groups.changes, groups.incoming].map(names);
    };
    assert.deepEqual(of(renamed('outgoing')), [[], ['new renamed'], []]);
    assert.deepEqual(of(renamed('incoming')), [[], [], ['new incomingRenamed']]);
    assert.deepEqual(of(renamedAndEdited('here')), [[], ['new renamed'], ['old mergeable']]);
    assert.deepEqual(of(renamedAndEdited('there')), [[], ['old mergeable'], ['new incomingRenamed']]);
    assert.deepEqual(of(renamedDifferently), [['new conflict'], [], []]);
  });

  it('leave out what is the same on both sides', () => {
    for (const group of [conflicts, changes, incoming]) assert.ok(!group.some(({ item }) => item.path === 'i-same'));
  });
});

describe('redacting the log', () => {
  const secrets: readonly (readonly [string, string])[] = [
    ['fatal: https://ada:s3cret-pw@git.example.com/a.git', 's3cret-pw'],
    ['https://0123456789abcdef0123@git.example.com/a.git', '0123456789abcdef0123'],
    ['Authorization: Bearer abc.def.ghi', 'abc.def.ghi'],
    ['authorization: Basic YWRhOnB3', 'YWRhOnB3'],
    ['GET /x?access_token=zzz111&page=2', 'zzz111'],
    ['GET /x?private_token=zzz222', 'zzz222'],
    ['key ghp_abcdefghijklmnop123', 'ghp_abcdefghijklmnop123'],
    ['key glpat-abcdefghijklmnop', 'glpat-abcdefghijklmnop'],
  ];
  for (const [line, secret] of secrets)
    it(`takes the secret out of: ${line.slice(0, 24)}…`, () => {
      assert.ok(!redactCredentials(line).includes(secret), redactCredentials(line));
    });

  it('leaves what is no secret', () => {
    for (const line of [
      'push https://git.example.com/acme/pay.git main',
      'git@git.example.com:acme/pay.git',
      'ssh://git@git.example.com:2222/acme/pay.git',
      'GET /x?page=2&per_page=100',
    ])
      assert.equal(redactCredentials(line), line);
  });

  it('never lets a password of a URL through', () => {
    const password = fc.stringMatching(/^[A-Za-z0-9._~!$*+-]{8,30}$/);
    fc.assert(
      fc.property(password, (secret) => {
        assert.ok(!redactCredentials(`see https://x-user:${secret}@host.example/a`).includes(`:${secret}@`));
      }),
    );
  });
});

describe('positions in a text', () => {
  it('count lines of every ending', () => {
    assert.deepEqual(textPosition('a\r\nbc\nd', 5), { line: 1, character: 2 });
    assert.deepEqual(textPosition('a\r\nbc\nd', 6), { line: 2, character: 0 });
    assert.deepEqual(textPosition('abc', 99), { line: 0, character: 3 });
    assert.deepEqual(textPosition('abc', -1), { line: 0, character: 0 });
  });
});

describe('names of definition types', () => {
  it('are proper names with the version that the document says', () => {
    assert.equal(definitionTypeName({ format: 'openapi', version: '3.1.0' }), 'OpenAPI 3.1.0');
    assert.equal(definitionTypeName({ format: 'graphql', version: '' }), 'GraphQL');
  });
});
