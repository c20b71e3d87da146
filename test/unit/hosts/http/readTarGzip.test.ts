import assert from 'node:assert/strict';
import { readTarGzip } from '../../../../src/hosts/http/readTarGzip.ts';
import { GitSandbox } from '../../../forge/git/gitCommand.ts';
import { GitRepository } from '../../../forge/git/gitRepository.ts';
import { fails, strangeNames } from '../../../contract/support.ts';

describe('an archive that Git wrote', () => {
  let sandbox: GitSandbox;
  let repository: GitRepository;
  beforeEach(() => {
    sandbox = new GitSandbox();
    repository = GitRepository.make(sandbox, 'payments');
  });
  afterEach(() => sandbox.remove());

  const archive = (commit: string) =>
    new Uint8Array(
      sandbox.gitWith({ cwd: repository.path }, 'archive', '--format=tar.gz', '--prefix=acme-payments/', commit),
    );

  it('has every file under its whole name, however long and strange', async () => {
    const long = [60, 99, 100, 101, 140, 250, 400].map(
      (n) => `${'deep/'.repeat(n / 5)}${'x'.repeat(n % 5)}openapi.yaml`,
    );
    const odd = ['a=b c.yaml', 'openapi.yaml', `${'y'.repeat(180)}.yaml`, `größe/${'日本'.repeat(40)}.yaml`];
    const names = [...new Set([...strangeNames, ...long, ...odd])];
    const commit = repository.push('main', Object.fromEntries(names.map((name) => [name, `in ${name}`])));
    const files = await readTarGzip(archive(commit));
    const expected = names.map((name) => [`acme-payments/${name}`, `in ${name}`]);
    const read = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
    assert.deepEqual(new Map(read as [string, string][]), new Map(expected as [string, string][]));
  });

  it('has no links and no folders, and every byte', async () => {
    const every = Uint8Array.from({ length: 1_537 }, (_, n) => n % 256);
    const commit = repository.push('main', {
      'every.bin': every,
      'empty.txt': '',
      link: { mode: '120000', content: 'every.bin' },
      'run.sh': { mode: '100755', content: 'r' },
    });
    const files = await readTarGzip(archive(commit));
    assert.deepEqual(
      [...files.keys()].toSorted(),
      ['empty.txt', 'every.bin', 'run.sh'].map((n) => `acme-payments/${n}`),
    );
    assert.deepEqual(new Uint8Array(files.get('acme-payments/every.bin')!), every);
  });

  it('is refused when it is cut off or something else', async () => {
    const commit = repository.push('main', { 'a.yaml': 'a'.repeat(10_000) });
    const whole = archive(commit);
    await fails(readTarGzip(whole.subarray(0, whole.length / 2)), 'unexpectedAnswer');
    await fails(readTarGzip(new TextEncoder().encode('<html>sign in</html>')), 'unexpectedAnswer');
  });
});
