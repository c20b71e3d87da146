import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { violations } from './architecture/rules.ts';
import { readSourceFile } from './architecture/sourceFile.ts';
import type { SourceFile } from './architecture/sourceFile.ts';
import { projectFolder } from './workbench/folders.ts';

describe('The architecture', () => {
  it('is kept by every file of src', async () => {
    const files = await sourceFiles();
    assert.ok(files.length > 20, 'src was not found');
    const broken = violations(files).map(({ file, line, what, why }) => `${file}:${line} ${what}.\n    ${why}`);
    assert.equal(broken.length, 0, `\n${broken.join('\n')}\n`);
  });

  const planted: readonly (readonly [name: string, files: Record<string, string>, expected: RegExp])[] = [
    ['core knows a port', { 'src/core/a.ts': "import type { P } from '../ports/p.ts';" }, /^imports .*ports/],
    ['ports know a host', { 'src/ports/a.ts': "import type { H } from '../hosts/git/h.ts';" }, /^imports .*hosts/],
    ['app knows a host', { 'src/app/a.ts': "export const a = () => import('../hosts/git/h.ts');" }, /^imports .*hosts/],
    ['app knows an adapter', { 'src/app/a.ts': "import { d } from '../adapters/disk/d.ts';" }, /^imports .*adapters/],
    ['vscode knows compose', { 'src/vscode/a.ts': "import { compose } from '../compose.ts';" }, /^imports .*compose/],
    ['the form knows the app', { 'src/webview/a.ts': "import type { A } from '../app/a.ts';" }, /^imports .*app/],
    ['protocol knows vscode', { 'src/protocol/a.ts': "type A = import('../vscode/a.ts').A;" }, /^imports .*vscode/],
    ['app knows the editor', { 'src/app/a.ts': "import type { Uri } from 'vscode';" }, /^imports vscode/],
    ['core knows Node', { 'src/core/a.ts': "import { join } from 'node:path';" }, /^imports node:path/],
    ['Node without its prefix', { 'src/app/a.ts': "import fs from 'fs';" }, /^imports fs/],
    ['core knows a library', { 'src/core/a.ts': "import { html } from 'lit';" }, /^imports lit/],
    ['a host knows its twin', { 'src/hosts/github/a.ts': "import { b } from '../gitlab/b.ts';" }, /^imports .*gitlab/],
    ['a port holds code', { 'src/ports/a.ts': 'export const limit = 3;' }, /^holds code/],
    ['any', { 'src/app/a.ts': 'export function f(a: any): void {}' }, /any/],
    ['enum', { 'src/app/a.ts': 'export enum A { b }' }, /enum/],
    ['export default', { 'src/app/a.ts': 'export default 3;' }, /default export/],
    ['default function', { 'src/app/a.ts': 'export default function f() {}' }, /default export/],
    ['as default', { 'src/app/a.ts': 'const a = 1; export { a as default };' }, /default export/],
    ['a barrel', { 'src/app/a.ts': "export * from './b.ts';" }, /another file/],
    ['state of a module', { 'src/app/a.ts': 'let last = 0;' }, /mutable state/],
    ['a long file', { 'src/app/a.ts': '\n'.repeat(401) }, /^has 402 lines/],
    ['a long function', { 'src/app/a.ts': `function long() {${'\n'.repeat(80)}}` }, /^long has 81 lines/],
    [
      'a ring of type imports',
      { 'src/app/a.ts': "import type { B } from './b.ts';", 'src/app/b.ts': "import type { A } from './a.ts';" },
      /^is in a ring: src\/app\/a\.ts → src\/app\/b\.ts → src\/app\/a\.ts/,
    ],
  ];
  for (const [name, files, expected] of planted) {
    it(`is broken by: ${name}`, () => {
      const found = violations(Object.entries(files).map(([file, text]) => readSourceFile(file, text)));
      assert.deepEqual(
        found.map(({ what }) => expected.test(what)),
        [true],
        JSON.stringify(found),
      );
      assert.ok(found.every(({ why }) => why.length > 20));
    });
  }

  it('allows what the arrows allow', () => {
    const files = {
      'src/app/a.ts': "import type { P } from '../ports/p.ts';\nimport { c } from '../core/c.ts';",
      'src/compose.ts': "import * as vscode from 'vscode';\nimport { a } from './app/a.ts';",
      'src/core/c.ts': "import { parse } from 'yaml';\nswitch (1) { default: }",
      'src/hosts/github/g.ts': "import { get } from '../http/get.ts';",
      'src/ports/p.ts': "import type { C } from '../core/c.ts';\nexport interface P { readonly c: C }",
      'src/app/long.ts': `// Long because a table is easier to read in one place${'\n'.repeat(500)}`,
    };
    assert.deepEqual(violations(Object.entries(files).map(([file, text]) => readSourceFile(file, text))), []);
  });
});

async function sourceFiles(): Promise<readonly SourceFile[]> {
  const names = await readdir(path.join(projectFolder, 'src'), { recursive: true });
  const paths = names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name.replaceAll(path.sep, '/')}`);
  return await Promise.all(
    paths.sort().map(async (file) => readSourceFile(file, await readFile(path.join(projectFolder, file), 'utf8'))),
  );
}
