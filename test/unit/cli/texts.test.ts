import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { githubLines } from '../../../src/cli/check/githubLines.ts';
import { operationContext } from '../../../src/cli/engine/operationContext.ts';
import { cacheFolder } from '../../../src/cli/engine/cacheFolder.ts';
import type { ApiStatus } from '../../../src/cli/status/apiStatus.ts';
import { statusLines } from '../../../src/cli/status/statusLines.ts';
import { pullText, pushText } from '../../../src/cli/sync/resultTexts.ts';
import { failureText } from '../../../src/cli/texts/failureText.ts';
import { recoveredText } from '../../../src/cli/texts/progressText.ts';
import type { FailureReason } from '../../../src/core/errors.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

const source = readFileSync(new URL('../../../src/core/errors.ts', import.meta.url), 'utf8');
const reasons = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, reason]) => reason as FailureReason);

describe('failureText', () => {
  it('is whole sentences for every reason, with facts and without', () => {
    assert.ok(reasons.length > 50);
    const facts = {
      repository: 'acme/payments',
      branch: 'main',
      paths: ['a.yaml'],
      detail: 'fatal: no.\n  really\u001b[2J',
    };
    for (const reason of reasons) {
      for (const text of [failureText({ reason, facts: {} }), failureText({ reason, facts })]) {
        assert.match(text, /^[A-Z“a][^\p{Cc}]*\.$|^Say what/u, reason);
        assert.doesNotMatch(text, /undefined|\.\.| {2}/, reason);
      }
    }
  });

  it('names ten files and counts the others', () => {
    const paths = Array.from({ length: 12 }, (_, index) => `f${String(index)}`);
    assert.match(failureText({ reason: 'conflicts', facts: { paths } }), /f8, f9 and 2 more\./);
  });
});

describe('githubLines', () => {
  it('lets no name end an annotation or begin another', () => {
    const finding = { kind: 'doesNotParse', severity: 'note', line: 1, column: 2 } as const;
    const findings = [{ ...finding, file: 'a,b:c%.yaml', message: '100%\n::error::x' }];
    const [line] = githubLines({ apisFile: [], apis: [{ id: 'a', name: 'A::\nB', findings, files: 1, requests: 0 }] });
    assert.equal(line, '::notice file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=A%3A%3A%0AB::100%25%0A::error::x');
  });
});

describe('statusLines', () => {
  const status: ApiStatus = {
    id: 'p',
    name: 'Payments',
    state: 'connected',
    repository: 'acme',
    branch: 'main',
    outgoing: [],
    incoming: [],
    conflicts: [],
  };
  const shows = (title: string, change: Partial<ApiStatus>, expected: readonly string[]): void => {
    it(title, () => assert.deepEqual(statusLines([{ ...status, ...change }]), expected));
  };
  shows('up to date', {}, ['Payments (acme, main): up to date']);
  shows(
    'two conflicts',
    {
      conflicts: [
        { path: 'a', change: 'bothAdded' },
        { path: 'b', change: 'deletedHere' },
      ],
    },
    ['Payments (acme, main): 2 conflicts', '  conflict  both added  a', '  conflict  deleted here  b'],
  );
  shows('a deleted branch', { standing: 'deleted' }, [
    'Payments (acme, main): up to date',
    '  The branch was deleted in the repository.',
  ]);
  shows(
    'doubt, parked work and who works',
    {
      inDoubt: true,
      parked: ['one', 'two'],
      working: { operation: 'switchBranch', since: 0, machine: '' },
    },
    [
      'Payments (acme, main): up to date',
      '  It is not known whether the last push arrived.',
      '  Work is parked on one, two.',
      '  Right now another window or program works on this folder (switch branch).',
    ],
  );
  shows('names that would move the cursor', { name: 'A\u001b[2J\nB' }, ['A [2J B (acme, main): up to date']);
  it('nothing', () => assert.deepEqual(statusLines([]), ['There are no APIs.']));
});

describe('results', () => {
  it('of a pull', () => {
    const paths = [asRepoPath('a.yaml'), asRepoPath('b.yaml')];
    assert.equal(pullText({ taken: 2, merged: 1, conflicts: [] }), 'pulled 2 files, merged 1 file.');
    assert.match(
      pullText({ taken: 1, merged: 0, conflicts: paths }),
      /^pulled 1 file; 2 conflicts: a\.yaml, b\.yaml\. /,
    );
  });
  it('of a push that landed above somebody’s commit', () => {
    assert.match(
      pushText({ files: 1, branch: 'main', landedOnNewerHead: true }),
      /^pushed 1 file to “main”\. Somebody/,
    );
  });
  it('of what was cut off before', () => {
    const news = {
      kind: 'recovered',
      apis: ['A'],
      workspaceFolder: 'file:///work',
      folder: 'repo',
      operation: 'pull',
      outcome: 'undone',
      kept: [asRepoPath('a')],
    } as const;
    assert.equal(
      recoveredText(news),
      'A pull that was cut off here was undone first. What was changed since stays as it is: a.',
    );
    assert.match(
      recoveredText({ ...news, backup: { folder: '.api-source-control/backups/x', files: 1 } }),
      /What has no place any more was copied to \.api-source-control\/backups\/x\.$/,
    );
  });
});

describe('waiting', () => {
  it('is told once for each that is waited for', () => {
    const said: string[] = [];
    const { progress, interactive } = operationContext({
      signal: new AbortController().signal,
      err: (line) => void said.push(line),
    });
    for (const operation of ['pull', 'pull', 'push'])
      progress.report({ step: 'waitingForTurn', operation, machine: 'm' });
    progress.report({ step: 'askingHost' });
    assert.deepEqual(said, [
      'Waiting: another window or program on m works on this folder (pull).',
      'Waiting: another window or program on m works on this folder (push).',
    ]);
    assert.equal(interactive, false);
  });
});

describe('cacheFolder', () => {
  it('is the person’s own, and an absolute one', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux'), '/c/api-source-control/mirrors');
    assert.match(cacheFolder({ XDG_CACHE_HOME: 'c' }, 'linux'), /\/\.cache\/api-source-control\/mirrors$/);
    assert.match(cacheFolder({}, 'darwin'), /\/Library\/Caches\/api-source-control\/mirrors$/);
    assert.match(cacheFolder({ LOCALAPPDATA: 'C:/L' }, 'win32'), /L\/api-source-control\/mirrors$/);
  });
});
