import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { closure } from '../../src/core/definition/closure.ts';
import type { Closure, DefinitionSource } from '../../src/core/definition/definition.ts';
import { detectDefinition } from '../../src/core/definition/detectDefinition.ts';
import { scanReferences } from '../../src/core/definition/referenceScan.ts';
import { ScanCache } from '../../src/core/definition/scanCache.ts';
import { decodeText } from '../../src/core/definition/text.ts';
import { asRepoPath } from '../../src/core/model/repoPath.ts';
import { MemorySource } from '../unit/definition/memorySource.ts';
import { dataFolder } from './dataFolder.ts';
import { DiskSource } from './diskSource.ts';
import { probeAnswers } from './probeAnswers.ts';

const data = dataFolder('definitions');

async function closureOf(source: DefinitionSource, root: string): Promise<Closure> {
  return closure(asRepoPath(root), source, new ScanCache(), new AbortController().signal);
}

/** What a plain crawler of rule 1 answers for a root, and where it agrees with a tool. */
interface Expected {
  readonly repo: string;
  readonly root: string;
  readonly files: readonly string[];
  readonly extra: readonly string[];
  readonly missing: readonly string[];
  readonly brokenYaml: readonly string[];
}

/**
 * Roots where we find more than the crawler does, each with the rule that decides. In this one three keys lack their
 * colon, so that no parser reads it, and the crawler did not see the references below these keys.
 */
const moreThanExpected: ReadonlyMap<string, { readonly rule: number; readonly firstHops: readonly string[] }> = new Map(
  [
    [
      'apis/appsec/v1/02-security-policies.yaml',
      { rule: 6, firstHops: ['paths/policy-evasive-path-match.yaml', 'paths/policy-logging.yaml'] },
    ],
  ],
);

function truths(folder: string): readonly Expected[] {
  return readdirSync(join(folder, 'truth'))
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, 'truth', name), 'utf8')) as Expected);
}

/** Each file that a line `$ref: name` outside of a comment leads to, by nothing cleverer than a regular expression. */
function crawledByLines(source: DiskSource, root: string): ReadonlySet<string> {
  const seen = new Set([root]);
  for (const path of seen) {
    const text = decodeText(source.bytes(asRepoPath(path)));
    for (const [, name = ''] of text.matchAll(/^[ -]*\$ref: *['"]?([^'"#\r\n]+)/gm)) {
      const target = join(path, '..', name.trim());
      if (source.has(asRepoPath(target))) seen.add(target);
    }
  }
  return seen;
}

/** Probes of so many files that they are made here. */
const generatedProbes = new Map<string, () => MemorySource>([
  [
    'chain-3000',
    () => {
      const links = Array.from({ length: 3000 }, (_, index) => [`c/${index}.yaml`, `$ref: ${index + 1}.yaml`] as const);
      const last = ['c/2999.yaml', 'type: object'] as const;
      return new MemorySource(new Map([['openapi.yaml', '$ref: c/0.yaml'], ...links, last]));
    },
  ],
  [
    'fan-3000-files',
    () => {
      const names = Array.from({ length: 3000 }, (_, index) => `f/${index}.yaml`);
      const root = names.map((name) => `- $ref: ${name}\n`).join('');
      return new MemorySource(new Map([['openapi.yaml', root], ...names.map((name) => [name, ''] as const)]));
    },
  ],
]);

describe('definitions, whether the real ones are here or not', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    [
      'a split OpenAPI',
      {
        'r.yaml': 'openapi: 3.0.0\npaths: {/a: {$ref: p/a.yaml}}',
        'p/a.yaml': 'get: {$ref: ../b.json}',
        'b.json': '{}',
      },
      ['b.json', 'p/a.yaml', 'r.yaml'],
    ],
    ['commented references', { 'r.yaml': '#  - $ref: a.yaml\nb: 1\n', 'a.yaml': '' }, ['r.yaml']],
    [
      'code samples',
      { 'r.yaml': 'x-codeSamples:\n- lang: sh\n  source:\n    $ref: >-\n      ./a/b_{id}.sh\n', 'a/b_{id}.sh': '' },
      ['a/b_{id}.sh', 'r.yaml'],
    ],
    [
      'a discriminator',
      { 'r.yaml': 'discriminator: {mapping: {c: ./Cat.yaml, d: Dog}}', 'Cat.yaml': '', Dog: '' },
      ['Cat.yaml', 'r.yaml'],
    ],
    [
      'a root that does not parse',
      { 'r.yaml': 'paths:\n  /a\n    $ref: a.yaml\n', 'a.yaml': '' },
      ['a.yaml', 'r.yaml'],
    ],
    [
      'an AsyncAPI with Avro',
      { 'r.yaml': 'asyncapi: 2.0.0\npayload: {$ref: a.avsc}', 'a.avsc': '{}' },
      ['a.avsc', 'r.yaml'],
    ],
  ];
  for (const [name, file] of generatedProbes) {
    it(`${name} (rule 7)`, async () => assert.equal((await closureOf(file(), 'openapi.yaml')).files.length, 3001));
  }
  for (const [title, files, expected] of cases) {
    it(title, async () =>
      assert.deepEqual([...(await closureOf(new MemorySource(files), 'r.yaml')).files].sort(), expected),
    );
  }
});

describe('definitions, real ones', function () {
  this.timeout(60_000);

  if (data === undefined) {
    it('roots of DATA_DIR/definitions', function () {
      this.skip();
    });
    return;
  }

  for (const truth of truths(data)) {
    it(`${truth.repo} ${truth.root}: ${truth.files.length + truth.extra.length} files`, async () => {
      const source = new DiskSource(join(data, 'trees', truth.repo.replace('/', '__')));
      const found = await closureOf(source, truth.root);
      const expected = new Set([...truth.files, ...truth.extra]);
      const lacking = [...expected].filter((file) => !found.files.includes(asRepoPath(file)));
      assert.deepEqual(lacking, []);
      const more = found.files.filter((file) => !expected.has(file));
      const reason = moreThanExpected.get(truth.root);
      if (reason === undefined) assert.deepEqual(more, []);
      else {
        assert.ok(truth.brokenYaml.includes(truth.root), 'rule 6 is about files that do not parse');
        for (const hop of reason.firstHops) assert.ok(more.includes(asRepoPath(join(truth.root, '..', hop))), hop);
        const crawled = crawledByLines(source, truth.root);
        assert.deepEqual(
          more.filter((file) => !crawled.has(file)),
          [],
        );
      }
      const unresolved = found.problems.filter(({ kind }) => kind === 'unresolved');
      const missing = unresolved.map(({ from, target }) => join(from, '..', target.replace(/#.*/, '')));
      assert.deepEqual([...new Set(missing)].sort(), [...truth.missing].sort());
    });
  }

  it('sees a defect only in what a parser refuses', () => {
    const wrong: string[] = [];
    for (const repository of readdirSync(join(data, 'trees'))) {
      const source = new DiskSource(join(data, 'trees', repository));
      for (const path of source.paths()) {
        if (!/\.(?:ya?ml|json)$/i.test(path)) continue;
        const text = decodeText(source.bytes(path));
        if (!scanReferences(text).problems.some(({ message }) => message === 'doesNotParse')) continue;
        const documents = [...parseAllDocuments(text)];
        if (documents.every(({ errors }) => errors.length === 0)) wrong.push(`${repository}/${path}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('are recognised by content', () => {
    const formats = new Map<string, string>();
    for (const { repo, root } of truths(data)) {
      const source = new DiskSource(join(data, 'trees', repo.replace('/', '__')));
      formats.set(root, detectDefinition(asRepoPath(root), source.bytes(asRepoPath(root)))?.format ?? 'nothing');
    }
    const others = [...formats].filter(([, format]) => format !== 'openapi');
    assert.deepEqual(others, [['examples/social-media/backend/asyncapi.yaml', 'asyncapi']]);
  });
});

describe('definitions, probes', function () {
  this.timeout(60_000);

  if (data === undefined) {
    it('probes of DATA_DIR/definitions', function () {
      this.skip();
    });
    return;
  }

  const probes = JSON.parse(readFileSync(join(data, 'probes.json'), 'utf8')) as Record<
    string,
    { readonly root: string }
  >;

  it('have an answer each', () => {
    assert.deepEqual(Object.keys(probes).sort(), [...probeAnswers.keys(), ...generatedProbes.keys()].sort());
  });

  for (const [name, answer] of probeAnswers) {
    it(`${name} (rule ${answer.rule})`, async () => {
      const root = probes[name]?.root ?? '';
      const { files, problems, documents } = await closureOf(new DiskSource(join(data, 'probes', name)), root);
      assert.deepEqual([...files].sort(), [root, ...answer.files].sort());
      assert.deepEqual(
        problems.map(({ kind, target, suggestion }) => [
          kind,
          target,
          ...(suggestion === undefined ? [] : [suggestion]),
        ]),
        answer.problems ?? [],
      );
      assert.deepEqual(
        documents.map(({ path, message }) => [path, message]),
        answer.documents ?? [],
      );
    });
  }
});
