import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isWebPage } from '../../../src/vscode/isWebPage.ts';

describe('a page that a host names', () => {
  it('is one of the web', () => {
    for (const page of ['https://github.com/acme/payments/pull/1', 'http://localhost:7990/x', 'HTTPS://host.example']) {
      assert.equal(isWebPage(page), true, page);
    }
  });

  it('is no command, file, or program', () => {
    const others = [
      'command:workbench.action.terminal.new',
      'vscode://some.extension/run',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'ms-msdt:/id PCWDiagnostic',
      '//host.example/share',
      'acme/payments',
      '',
    ];
    for (const address of others) assert.equal(isWebPage(address), false, address);
  });

  it('is opened in one place alone', () => {
    const folder = new URL('../../../src/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const opening = files.filter((name) => readFileSync(new URL(name, folder), 'utf8').includes('openExternal'));
    assert.deepEqual(
      opening.map((name) => name.replaceAll('\\', '/')),
      ['vscode/openPage.ts'],
    );
  });
});
