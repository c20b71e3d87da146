import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import { branchRef } from '../../../../src/hosts/git/refName.ts';

function gitTakes(name: string): boolean {
  return name !== 'HEAD' && spawnSync('git', ['check-ref-format', `refs/heads/${name}`]).status === 0;
}

function weTake(name: string): boolean {
  try {
    return branchRef(name) === `refs/heads/${name}`;
  } catch (error) {
    if (Failure.is(error, 'invalidName')) return false;
    throw error;
  }
}

describe('branchRef', () => {
  const names = [
    'main',
    'a/b',
    'a#b%c',
    'größe',
    '@',
    'a@b',
    'a@{b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a..b',
    'a.',
    '/a',
    'a/',
    'a//b',
  ];
  const odd = [
    'a b',
    'a~b',
    'a^',
    'a:b',
    'a?b',
    'a*',
    'a[b',
    'a\\b',
    'a\tb',
    '',
    'HEAD',
    'refs/heads/x',
    '{}',
    '!',
    'a\u007fb',
  ];
  for (const name of [...names, ...odd]) {
    // A lone "@" is legal below refs/heads/, but `git branch` refuses it as we do.
    if (name === '@') continue;
    it(`agrees with Git about ${JSON.stringify(name)}`, () => assert.equal(weTake(name), gitTakes(name)));
  }

  it('agrees with Git about anything', function () {
    this.timeout(120_000);
    const parts = fc.constantFrom(
      'a',
      'ä',
      '.',
      '..',
      '/',
      '@',
      '{',
      '~',
      '^',
      ':',
      '?',
      '*',
      '[',
      '\\',
      ' ',
      '.lock',
      '#',
      '%',
    );
    const name = fc.array(parts, { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(name, (text) => {
        if (text === '@' || text.startsWith('-')) return;
        assert.equal(weTake(text), gitTakes(text), text);
      }),
      { numRuns: process.env['LONG'] === '1' ? 2_000 : 100 },
    );
  });

  it('refuses an option', () => {
    assert.throws(
      () => branchRef('--force'),
      (error) => Failure.is(error, 'invalidName'),
    );
    assert.equal(branchRef('a/b'), 'refs/heads/a/b');
  });
});
