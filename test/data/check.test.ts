import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkFolder } from '../../src/cli/check/checkFolder.ts';
import { allFindings, type Finding, type FindingKind } from '../../src/cli/check/finding.ts';
import { PlainWorkspace } from '../../src/cli/plainWorkspace.ts';
import { findDrift, type Drift } from '../../src/core/collection/drift.ts';
import { readRequests } from '../../src/core/collection/readRequests.ts';
import { readOperations } from '../../src/core/definition/operations.ts';
import { parseApisFile } from '../../src/core/model/apisFile.ts';
import { asRepoPath } from '../../src/core/model/repoPath.ts';
import { dataFolder } from './dataFolder.ts';

const data = dataFolder('definitions');

interface Truth {
  readonly repo: string;
  readonly root: string;
  /** Files that the definition references and that are not there. */
  readonly missing: readonly string[];
  /** Files that no YAML parser reads. */
  readonly brokenYaml: readonly string[];
}

/** What `check` finds of a definition with this root, where its repository has no `apis.json`. */
async function findingsOf(folder: string, rootFile: string): Promise<readonly Finding[]> {
  const collectionFolder = 'none/collections';
  const text = JSON.stringify({ version: 1, apis: [{ id: 'a', name: 'A', folder: '', rootFile, collectionFolder }] });
  const file = parseApisFile(text);
  const workspace = new PlainWorkspace(folder);
  const open = { path: folder, uri: pathToFileURL(folder).href, workspace, file, text, isWanted: () => true };
  return allFindings(await checkFolder(open, { cwd: folder, strict: false, signal: new AbortController().signal }));
}

const ofKind = (findings: readonly Finding[], ...kinds: readonly FindingKind[]): readonly Finding[] =>
  findings.filter(({ kind }) => kinds.includes(kind));

describe('check, on real definitions', function () {
  this.timeout(60_000);

  if (data === undefined) {
    it('roots of DATA_DIR/definitions', function () {
      this.skip();
    });
    return;
  }

  const truths = readdirSync(join(data, 'truth'))
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => JSON.parse(readFileSync(join(data, 'truth', name), 'utf8')) as Truth);

  for (const { repo, root, missing, brokenYaml } of truths) {
    it(`${repo} ${root}`, async () => {
      const findings = await findingsOf(join(data, 'trees', repo.replace('/', '__')), root);
      const errors = findings.filter(({ severity }) => severity === 'error');
      const unresolved = ofKind(errors, 'unresolvedReference');
      const targets = unresolved.map(({ file, message }) => {
        const target = /“(.*?)”/.exec(message)?.[1] ?? '';
        return join(file, '..', target.replace(/#.*/, ''));
      });
      assert.deepEqual([...new Set(targets)].sort(), [...missing].sort());
      const broken = ofKind(errors, 'doesNotParse').map(({ file }) => file);
      for (const file of broken) assert.ok(brokenYaml.includes(file), `${file} is broken for nobody else`);
      if (brokenYaml.includes(root)) assert.ok(broken.includes(root));
      const others = errors.filter(({ kind }) => kind !== 'unresolvedReference' && kind !== 'doesNotParse');
      assert.deepEqual(others, []);
    });
  }
});

describe('drift, on collections that were made of their definitions', () => {
  const pairs = data && join(data, 'trees/postmanlabs__openapi-to-postman/test/data/validationData');
  if (pairs === undefined || !existsSync(pairs)) {
    it('pairs of openapi-to-postman', function () {
      this.skip();
    });
    return;
  }

  const names = readdirSync(pairs, { recursive: true, encoding: 'utf8' }).filter((name) => pairOf(name) !== undefined);

  /** The definition that a collection was made of. */
  function pairOf(name: string): string | undefined {
    const stem = /^(.*)(?:collection|coll)\.json$/i.exec(name)?.[1];
    if (stem === undefined) return undefined;
    const definitions = ['Spec.yaml', 'Spec.json', 'spec.yaml', 'spec.json'].map((end) => `${stem}${end}`);
    return definitions.find((definition) => existsSync(join(pairs ?? '', definition)));
  }

  async function driftOf(name: string): Promise<Drift & { readonly operations: number }> {
    const bytes = (path: string): Uint8Array => readFileSync(join(pairs ?? '', path));
    const read = (): Promise<Uint8Array> => Promise.resolve(bytes(pairOf(name) ?? ''));
    const definition = await readOperations(asRepoPath('openapi.yaml'), { has: () => false, read });
    return { ...findDrift(definition, readRequests(bytes(name))), operations: definition.operations.length };
  }

  it('finds every pair in step but two, which were made to differ', async () => {
    assert.equal(names.length, 24);
    const unanswered: string[] = [];
    const uncovered: string[] = [];
    for (const name of names) {
      const { requests, covered, operations } = await driftOf(name);
      for (const { request, standing } of requests) {
        if (standing !== 'answered') unanswered.push(`${name}: ${request.method} ${request.url}`);
      }
      if (covered.size < operations) uncovered.push(name);
    }
    const apart = 'issues/issue#478/global-servers-path-variables-two-vars-missing-one-collection.json';
    assert.deepEqual(unanswered, [`${apart}: GET {{baseUrl}}/pets/:petId`]);
    assert.deepEqual(uncovered.sort(), [apart, 'strictRequestMatchingCollection.json']);
  });
});
