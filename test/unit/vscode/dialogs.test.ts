import assert from 'node:assert/strict';
import type { SyncStatus } from '../../../src/app/apiNode.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { QuestionKind, Questions } from '../../../src/ports/ask.ts';
import type { Dialog } from '../../../src/vscode/messages/dialogs.ts';
import { syncStatus } from './apiNodes.ts';
import { useVscodeStub } from './vscodeStub.ts';

const paths = ['openapi.yaml', 'schemas/a.yaml'] as RepoPath[];
const many = Array.from({ length: 12 }, (_, index) => `f${String(index)}.yaml` as RepoPath);

/** A record, so that a new question does not compile until it is here too. */
const questions: { readonly [K in QuestionKind]: Questions[K]['facts'] } = {
  pushDeletes: { api: 'Pets', branch: 'main', paths },
  unsavedBeforePush: { paths },
  switchWithChanges: { from: 'main', to: 'topic', apis: ['Pets', 'Orders'], paths, conflicts: [] },
  acceptTheirs: { paths },
  discard: { paths },
  undecided: { paths, places: 2 },
  restoreBackup: { paths },
  deleteBranch: { branch: 'topic', repository: 'acme/pets', parked: paths },
  dropParked: { branch: 'topic', repository: 'acme/pets', parked: paths },
  disconnect: { api: 'Pets', branch: 'main', unpushed: paths, parked: [{ branch: 'topic', paths }] },
  unpushedCommits: { branch: 'main', repository: 'acme/pets', commits: paths },
  mergeInClone: { branch: 'main', repository: 'acme/pets', paths },
  rewrittenBranch: { branch: 'main', repository: 'acme/pets', replaced: paths },
};

describe('words of questions', () => {
  let dialogOf: <K extends QuestionKind>(kind: K, facts: Questions[K]['facts']) => Dialog<Questions[K]['answer']>;
  let branchFactTexts: (sync: SyncStatus) => readonly string[];

  before(async () => {
    useVscodeStub();
    ({ dialogOf } = await import('../../../src/vscode/messages/dialogs.ts'));
    ({ branchFactTexts } = await import('../../../src/vscode/branch/branchFactTexts.ts'));
  });

  for (const kind of Object.keys(questions) as QuestionKind[]) {
    it(`ask in a sentence, name every file and say what each button does: ${kind}`, () => {
      const facts = questions[kind];
      const { message, detail, choices } = dialogOf(kind, facts);
      assert.match(message, /^[A-Z0-9].*\?$/u);
      assert.match(detail, /\.$|\.yaml$/u);
      assert.ok(choices.length > 0 && choices.every(([button]) => button !== ''));
      assert.equal(new Set(choices.map(([, answer]) => answer)).size, choices.length);
      for (const path of paths) assert.ok(detail.includes(path), `${kind}: ${path}`);
    });
  }

  it('never say that anything is lost which is copied', () => {
    for (const kind of [
      'discard',
      'acceptTheirs',
      'restoreBackup',
      'undecided',
      'rewrittenBranch',
      'disconnect',
      'pushDeletes',
      'deleteBranch',
    ] as const) {
      const { detail } = dialogOf(kind, questions[kind]);
      assert.match(detail, /copied to a backup first/u, kind);
    }
    assert.doesNotMatch(dialogOf('deleteBranch', { ...questions.deleteBranch, parked: [] }).detail, /backup/u);
  });

  it('offer to take along only what can come along, and name what cannot', () => {
    const answers = (conflicts: readonly RepoPath[]): readonly string[] =>
      dialogOf('switchWithChanges', { ...questions.switchWithChanges, conflicts }).choices.map(([, answer]) => answer);
    assert.deepEqual(answers([]), ['takeAlong', 'park']);
    assert.deepEqual(answers(paths), ['park']);
    const { detail } = dialogOf('switchWithChanges', { ...questions.switchWithChanges, conflicts: paths });
    assert.match(detail, /“topic” has other versions of openapi\.yaml, schemas\/a\.yaml/u);
    assert.match(detail, /switch together: Pets, Orders/u);
  });

  it('count beyond ten files', () => {
    assert.match(dialogOf('discard', { paths: many }).detail, /f9\.yaml\n… and 2 more\n/u);
    assert.doesNotMatch(dialogOf('discard', { paths: many }).detail, /f10\.yaml/u);
  });

  it('say of a branch what its counts do not', () => {
    assert.deepEqual(branchFactTexts(syncStatus()), []);
    assert.deepEqual(
      branchFactTexts(
        syncStatus({
          behindDefault: { branch: 'main', commits: 1 },
          parked: [
            { branch: 'topic', paths },
            { branch: 'other', paths: paths.slice(0, 1) },
          ],
        }),
      ),
      ['1 commit behind “main”', 'Parked on “topic”: 2 files', 'Parked on “other”: openapi.yaml'],
    );
    assert.match(
      branchFactTexts(syncStatus({ behindDefault: { branch: 'main', commits: 100 } })).join(),
      /100 or more commits/u,
    );
    assert.match(branchFactTexts(syncStatus({ standing: 'deleted', successor: 'trunk' })).join(), /“trunk” has all/u);
    assert.match(branchFactTexts(syncStatus({ standing: 'deleted' })).join(), /files are untouched/u);
    assert.match(branchFactTexts(syncStatus({ standing: 'rewritten' })).join(), /rewritten/u);
  });
});
