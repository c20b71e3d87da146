import * as esbuild from 'esbuild';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { FormStrings } from '../../../src/protocol/formStrings.ts';
import { useVscodeStub } from '../../unit/vscode/vscodeStub.ts';
import { projectFolder } from '../../workbench/folders.ts';

/** The files that the web view loads, by name, and the words that the extension would send. */
export interface FormBundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly strings: FormStrings;
}

export async function bundleForm(): Promise<FormBundle> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: projectFolder,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    entryPoints: { main: 'src/webview/main.ts', style: 'src/webview/style.css' },
    outdir: 'out',
    write: false,
  });
  const files = new Map<string, Uint8Array>(
    outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]),
  );
  for (const file of ['codicon.css', 'codicon.ttf']) {
    files.set(file, await readFile(path.join(projectFolder, 'node_modules/@vscode/codicons/dist', file)));
  }
  return { files, strings: await englishWords() };
}

/** The words as the extension has them, in English. */
async function englishWords(): Promise<FormStrings> {
  useVscodeStub();
  const { formStrings } = await import('../../../src/vscode/connect/formStrings.ts');
  return formStrings();
}
