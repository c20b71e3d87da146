import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { branchNameProblem } from '../../../src/core/model/branchName.ts';

describe('branchNameProblem', () => {
  const names = [
    ...[
      'main',
      'feature/x',
      'ünïcode',
      'a.b',
      'a-b',
      '-a',
      '.a',
      'a.',
      'a..b',
      'a b',
      'a~b',
      'a^b',
      'a:b',
      'a?b',
      'a*b',
      'a[b',
    ],
    ...[
      'a\\b',
      'a@{b',
      'a@b',
      'HEAD',
      '/a',
      'a/',
      'a//b',
      'a/.b',
      'a.lock',
      'a.lock/b',
      'a\tb',
      'a\u007fb',
      'x'.repeat(200),
    ],
  ];

  for (const name of names) {
    it(`says of ${JSON.stringify(name).slice(0, 40)} what Git says`, () => {
      const { status } = spawnSync('git', ['check-ref-format', '--branch', name], { encoding: 'utf8' });
      assert.equal(branchNameProblem(name) === undefined, status === 0);
    });
  }

  it('refuses what Git could not keep', () => {
    assert.equal(branchNameProblem(''), 'empty');
    assert.equal(branchNameProblem('x'.repeat(245)), 'tooLong');
    assert.equal(branchNameProblem('\ud800'), 'character');
    // Git takes it, and then takes it for HEAD nearly everywhere.
    assert.equal(branchNameProblem('@'), 'at');
  });
});
