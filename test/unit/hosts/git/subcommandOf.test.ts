import assert from 'node:assert/strict';
import { subcommandOf } from '../../../../src/hosts/git/gitProgram.ts';

describe('subcommandOf', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['fetch', ['--git-dir=/x', '-c', 'gc.auto=0', '-c', 'core.askPass=', 'fetch', '--quiet', 'source']],
    ['init', ['init', '--quiet', 'fetch.git']],
    ['config', ['--git-dir=fetch.git', 'config', 'remote.source.url', 'https://example.com/x']],
    ['', ['--git-dir=/x', '-c', 'a.b=c']],
  ];
  for (const [expected, args] of table) {
    it(`finds “${expected}” in “${args.join(' ')}”`, () => assert.equal(subcommandOf(args), expected));
  }
});
