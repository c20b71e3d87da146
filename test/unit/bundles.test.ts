import assert from 'node:assert/strict';
import * as esbuild from 'esbuild';
import { bundles } from '../../esbuild.mjs';

/** Every host’s client is in it, since a web extension is one file. */
const webBudget = 1_150_000;
const nodeFolders = ['src/platform/node/', 'src/adapters/disk/', 'src/hosts/git/'];
const hosts = ['github', 'gitlab', 'bitbucket', 'bitbucketDataCenter', 'azureDevOps'];
const clients = ['@octokit/', '@gitbeaker/', 'azure-devops-node-api/', 'openapi-fetch/', '@coderabbitai/'];

describe('the bundles as they are shipped', function () {
  this.timeout(60_000);
  let node: esbuild.Metafile;
  let web: esbuild.Metafile;

  before(async () => {
    const metafile = async (folder: string): Promise<esbuild.Metafile> => {
      const options = bundles({ production: true }).find(({ outdir }) => outdir === folder);
      const { metafile: found } = await esbuild.build({ ...options, write: false, metafile: true });
      return found;
    };
    [node, web] = await Promise.all([metafile('dist/node'), metafile('dist/web')]);
  });

  it('have for the web one file that leans on VS Code alone, with nothing in it that is for Node', () => {
    const [file, ...others] = Object.entries(web.outputs);
    assert.deepEqual(others, []);
    assert.ok(file);
    const [name, { imports, inputs, bytes }] = file;
    assert.equal(name, 'dist/web/extension.cjs');
    assert.deepEqual([...new Set(imports.map(({ path }) => path))], ['vscode']);
    assert.deepEqual(within(Object.keys(inputs), nodeFolders), []);
    assert.ok(bytes <= webBudget, `${bytes} bytes`);
  });

  it('have for the web the adapter of every host that speaks HTTP', () => {
    const inputs = Object.keys(web.inputs);
    for (const host of hosts) assert.ok(inputs.includes(`src/hosts/${host}/${host}Host.ts`), host);
  });

  it('load no adapter and no host’s client before its first use', () => {
    const first = startOf(node, 'dist/node/extension.mjs');
    const adapters = [...hosts, 'git'].map((host) => `src/hosts/${host}/${host}Host.ts`);
    assert.ok(first.includes('src/extension.ts'));
    assert.deepEqual(within(first, adapters), []);
    const packages = first.filter((input) => clients.some((client) => input.includes(`node_modules/${client}`)));
    assert.deepEqual(packages, []);
    const all = Object.keys(node.inputs);
    for (const adapter of adapters) assert.ok(all.includes(adapter), adapter);
  });

  it('have a command line that starts with its arguments alone, and never comes to VS Code', () => {
    const first = startOf(node, 'dist/node/cli.mjs');
    assert.ok(first.includes('src/cli/main.ts'));
    assert.deepEqual(
      first.filter((input) => !input.startsWith('src/cli/') && !input.startsWith('<define:')),
      ['src/core/errors.ts'],
    );
    const all = reachOf(node, 'dist/node/cli.mjs');
    assert.ok(all.includes('dist/node/cli.mjs'));
    assert.ok(all.some((file) => Object.hasOwn(node.outputs[file]?.inputs ?? {}, 'src/app/push.ts')));
    const withEditor = all.filter((file) => node.outputs[file]?.imports.some(({ path }) => path === 'vscode'));
    assert.deepEqual(withEditor, []);
  });
});

function within(inputs: readonly string[], beginnings: readonly string[]): readonly string[] {
  return inputs.filter((input) => beginnings.some((beginning) => input.startsWith(beginning)));
}

/** What is in a file and in all that it cannot be loaded without. */
function startOf(metafile: esbuild.Metafile, entry: string): readonly string[] {
  const files = reachOf(metafile, entry, ['import-statement']);
  return files.flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}));
}

/** Files that are loaded with one, by imports of these kinds; all kinds: sooner or later. */
function reachOf(
  { outputs }: esbuild.Metafile,
  entry: string,
  kinds: readonly esbuild.ImportKind[] = ['import-statement', 'dynamic-import'],
): readonly string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kinds.some((wanted) => wanted === kind) && external !== true) visit(path);
    }
  };
  visit(entry);
  return [...seen];
}
