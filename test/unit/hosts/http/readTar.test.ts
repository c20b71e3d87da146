import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { gunzip } from '../../../../src/hosts/http/gunzip.ts';
import { readTar } from '../../../../src/hosts/http/readTar.ts';
import { GitSandbox } from '../../../forge/git/gitCommand.ts';
import { GitRepository, type GitEdits } from '../../../forge/git/gitRepository.ts';

describe('an archive of Git', () => {
  let sandbox: GitSandbox;
  beforeEach(() => (sandbox = new GitSandbox()));
  afterEach(() => sandbox.remove());

  const archive = (edits: GitEdits): Uint8Array => {
    const repository = GitRepository.make(sandbox, 'archive');
    const commit = repository.push('main', edits);
    const command = ['archive', '--format=tar.gz', commit];
    const env = sandbox.commandEnvironment;
    return new Uint8Array(execFileSync('git', command, { cwd: repository.path, env, maxBuffer: 2 ** 28 }));
  };
  const limit = 2 ** 28;

  it('is read with kinds, modes and every byte, whatever the names', () => {
    const long = 'd'.repeat(90);
    const names = [
      'a.yaml',
      `${long}/${long}/x.yaml`,
      `${'n'.repeat(150)}.yaml`,
      'größe/日本語.json',
      ' spaced ',
      'tab\tnewline\n',
    ];
    names.push(`${long}/${long}/${long}/${long}/very-long.yaml`);
    const edits: GitEdits = Object.fromEntries(names.map((name) => [name, `in ${name}`]));
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    const commit = sandbox.git(sandbox.folder, 'version') && '1'.repeat(40);
    const all = {
      ...edits,
      'every.bin': bytes,
      'empty.yaml': '',
      'run.sh': { mode: '100755', content: 'r' },
      link: { mode: '120000', content: 'a.yaml' },
      module: { mode: '160000', content: commit },
    } as const;
    const entries = new Map(Array.from(readTar(gunzip(archive(all), limit)), (entry) => [entry.name, entry]));
    for (const name of names) assert.equal(Buffer.from(entries.get(name)!.bytes).toString(), `in ${name}`);
    assert.deepEqual(Buffer.from(entries.get('every.bin')!.bytes), Buffer.from(bytes));
    assert.equal(entries.get('empty.yaml')?.bytes.length, 0);
    assert.equal(entries.get('run.sh')!.mode & 0o111, 0o111);
    assert.equal(entries.get('a.yaml')!.mode & 0o111, 0);
    assert.equal(entries.get('link')?.kind, 'link');
    assert.equal(entries.get('module/')?.kind, 'folder');
  });

  it('that ends in the middle is no archive', () => {
    const whole = gunzip(archive({ 'a.yaml': 'a'.repeat(5_000) }), limit);
    const end = whole.length - 8_000;
    assert.throws(() => [...readTar(whole.subarray(0, Math.min(end, 2_500)))], RangeError);
  });

  it('that is broken, or grows beyond all bounds, is refused', () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(5_000_000)));
    assert.ok(bomb.length < 10_000);
    assert.throws(() => gunzip(bomb, 1_000_000), RangeError);
    assert.equal(gunzip(bomb, 5_000_000).length, 5_000_000);
    assert.throws(() => gunzip(new TextEncoder().encode('<!DOCTYPE html>'), limit));
  });
});
