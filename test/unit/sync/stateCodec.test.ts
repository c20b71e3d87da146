import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../src/core/errors.ts';
import { asBlobId, asCommitId } from '../../../src/core/model/ids.ts';
import type { ApiId } from '../../../src/core/model/ids.ts';
import { isRepoPath } from '../../../src/core/model/repoPath.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { FileMode } from '../../../src/core/model/snapshot.ts';
import {
  parkedOn,
  withParked,
  type BranchState,
  type CheckoutState,
  type ParkedFile,
  type PushIntent,
} from '../../../src/core/sync/checkoutState.ts';
import { decodeState, encodeState } from '../../../src/core/sync/stateCodec.ts';

const hostile = [
  '__proto__',
  'constructor',
  'toString',
  '0',
  '10',
  '2',
  ' ',
  'ä',
  '\u{1f600}',
  'a"b',
  'a\nb',
  '\ud800',
];
const hex = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 40 })
  .map((all) => all.join(''));
const blobIds = hex.map(asBlobId);
const commits = hex.map(asCommitId);
const names = fc.oneof(fc.constantFrom(...hostile), fc.string({ minLength: 1 }));
const paths = names.filter(isRepoPath);
const modes = fc.constantFrom<FileMode>('regular', 'executable');
const versions = fc.record({ id: blobIds, mode: modes }, { noNullPrototype: true });
const baseVersions = fc.record({ id: blobIds, mode: modes, commit: commits }, { noNullPrototype: true });
const mapOf = <K, V>(keys: fc.Arbitrary<K>, values: fc.Arbitrary<V>): fc.Arbitrary<ReadonlyMap<K, V>> =>
  fc.array(fc.tuple(keys, values), { maxLength: 8 }).map((entries) => new Map(entries));
const optional = { requiredKeys: ['base', 'members'] as ('base' | 'members')[], noNullPrototype: true };
const branches: fc.Arbitrary<BranchState> = fc.record(
  {
    head: commits,
    base: mapOf(paths, baseVersions),
    members: mapOf(
      names.map((name) => name as ApiId),
      fc.array(paths).map((all) => new Set(all.sort())),
    ),
  },
  optional,
);
const intents: fc.Arbitrary<PushIntent> = fc.record(
  {
    branch: names,
    expectedHead: commits,
    message: fc.string(),
    changes: mapOf<RepoPath, { id: ReturnType<typeof asBlobId>; mode: FileMode } | null>(paths, fc.option(versions)),
  },
  { requiredKeys: ['branch', 'message', 'changes'], noNullPrototype: true },
);
const parked: fc.Arbitrary<ParkedFile> = fc.record(
  { base: baseVersions, local: fc.option(versions) },
  { requiredKeys: ['local'], noNullPrototype: true },
);
const states: fc.Arbitrary<CheckoutState> = fc.record(
  {
    repository: fc.record(
      {
        host: fc.constantFrom('git', 'github', 'azureDevOps'),
        origin: fc.string(),
        id: fc.string(),
        name: fc.string(),
      },
      { noNullPrototype: true },
    ),
    branch: names,
    branches: mapOf(names, branches),
    intent: intents,
    parked: mapOf(names, mapOf(paths, parked)),
  },
  { requiredKeys: ['repository', 'branch', 'branches'], noNullPrototype: true },
);

const example = {
  format: 1,
  repository: { host: 'git', origin: 'file://', id: 'file:///r.git', name: 'r' },
  branch: 'main',
  branches: {
    main: {
      head: 'a'.repeat(40),
      base: { 'a.yaml': { id: 'b'.repeat(40), mode: 'regular', commit: 'a'.repeat(40) } },
      members: { one: ['a.yaml'] },
    },
  },
  intent: { branch: 'main', message: 'm', changes: { 'a.yaml': null } },
};

describe('stateCodec', () => {
  it('gives back every state, hostile names included', () => {
    fc.assert(fc.property(states, (state) => assert.deepEqual(decodeState(encodeState(state)), state)));
  });

  it('makes equal texts of equal states, whatever the order they grew in', () => {
    fc.assert(
      fc.property(states, (state) => {
        const reversed = { ...state, branches: new Map([...state.branches].reverse()) };
        assert.equal(encodeState(reversed), encodeState(state));
      }),
    );
  });

  it('reads what a person can read', () => {
    const state = decodeState(JSON.stringify(example));
    assert.equal(state.branches.get('main')?.base.get('a.yaml' as RepoPath)?.mode, 'regular');
    assert.equal(state.intent?.changes.get('a.yaml' as RepoPath), null);
  });

  it('is read by versions of before parking as long as nothing is parked, and by none that would lose it', () => {
    const state = decodeState(JSON.stringify(example));
    assert.match(encodeState(state), /"format": 1,/u);
    const local = { id: asBlobId('c'.repeat(40)), mode: 'regular' } as const;
    const parkedState = withParked(state, 'topic', new Map([['a.yaml' as RepoPath, { local }]]));
    assert.match(encodeState(parkedState), /"format": 2,/u);
    assert.deepEqual(decodeState(encodeState(parkedState)), parkedState);
    assert.deepEqual(parkedOn(parkedState, 'topic').get('a.yaml' as RepoPath), { local });
    assert.equal(parkedOn(parkedState, 'main').size, 0);
    assert.deepEqual(withParked(parkedState, 'topic', new Map()), state);
  });

  it('gives no object a property that nobody wrote', () => {
    const state = decodeState(JSON.stringify(example));
    assert.equal(state.branches.get('__proto__'), undefined);
    assert.equal(state.branches.get('main')?.base.has('constructor' as RepoPath), false);
  });

  const broken: Readonly<Record<string, (text: string) => string>> = {
    'half a file': (text) => text.slice(0, text.length / 2),
    'a later format': (text) => text.replace('"format":1', '"format":2'),
    'no format': (text) => text.replace('"format":1,', ''),
    'an unknown host': (text) => text.replace('"git"', '"toString"'),
    'a path with ..': (text) => text.replace('"a.yaml":{', '"../a.yaml":{'),
    'an absolute member': (text) => text.replace('["a.yaml"]', '["/etc/passwd"]'),
    'a member that is no text': (text) => text.replace('["a.yaml"]', '[1]'),
    'an id that is none': (text) => text.replace('b'.repeat(40), 'B'.repeat(40)),
    'a commit that is none': (text) => text.replace(`"commit":"${'a'.repeat(40)}"`, '"commit":"a"'),
    'a head that is none': (text) => text.replace(`"head":"${'a'.repeat(40)}"`, '"head":null'),
    'an unknown mode': (text) => text.replace('"regular"', '"link"'),
    'branches in a list': (text) => text.replace(/"branches":\{.*\},"intent"/u, '"branches":[],"intent"'),
    'a branch without a name': (text) => text.replace('"main":{', '"":{'),
    'no base': (text) => text.replace('"base"', '"bass"'),
    'an intent without changes': (text) => text.replace('"changes"', '"change"'),
    'parked work in the format of before': (text) => text.replace('"intent"', '"parked":{},"intent"'),
    'parked work without a file': (text) =>
      text.replace('"format":1', '"format":2').replace('"intent"', '"parked":{"topic":{"a.yaml":{}}},"intent"'),
    'parked work of a hostile path': (text) =>
      text
        .replace('"format":1', '"format":2')
        .replace('"intent"', '"parked":{"topic":{"../a":{"local":null}}},"intent"'),
    null: () => 'null',
    nothing: () => '',
  };
  for (const [name, spoil] of Object.entries(broken)) {
    it(`refuses ${name}`, () => {
      const text = spoil(JSON.stringify(example));
      assert.notEqual(text, JSON.stringify(example));
      assert.throws(
        () => decodeState(text),
        (error) => Failure.is(error, 'invalidFile'),
      );
    });
  }
});
