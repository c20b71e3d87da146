import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/errors.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { gitBlobId } from '../../forge/memory/memoryRepository.ts';
import type { Actor, Moment } from './actor.ts';
import type { ModelFile, ModelRepository } from './modelRepository.ts';
import { branches } from './steps.ts';
import { wordsIn, wordsOf, without } from './words.ts';

/** A file of the repository that is no part of the API, and one of a person's own beside it. */
export const bystander = 'README.md';
export const notes = 'notes.txt';

/** What the repository was before an operation. */
export interface Heads {
  readonly heads: ReadonlyMap<string, string | undefined>;
  readonly commits: ReadonlySet<string>;
}

/** What a person did by hand between a kill and the next start. */
export interface Meanwhile {
  /** Files that they wrote. */
  readonly paths: ReadonlySet<string>;
  /** Words that were in their folder before, and are not any more. */
  readonly takenOut: ReadonlySet<string>;
}

/** An operation that is over. */
export interface Done {
  readonly kind: string;
  readonly before: Moment;
  readonly after: Moment;
  readonly heads: Heads;
  readonly failure: unknown;
  readonly wasKilled: boolean;
  readonly meanwhile: Meanwhile;
  /** Words that the person had taken out by hand before it began. */
  readonly removedBefore: ReadonlySet<string>;
}

/** Who wrote what and who took it out, and whether an operation kept the promises. */
export class Ledger {
  /** Word → who wrote it. */
  readonly authors = new Map<string, string>();
  readonly strangersRemoved = new Set<string>();

  constructor(
    private readonly repository: ModelRepository,
    private readonly actors: readonly Actor[],
  ) {}

  /** A line of one word that nobody wrote before. */
  line(author: string): string {
    const word = `w${String(this.authors.size + 1)}`;
    this.authors.set(word, author);
    return `${word}: ${author}\n`;
  }

  heads(): Heads {
    const heads = new Map(branches.map((branch) => [branch, this.repository.head(branch)]));
    return {
      heads,
      commits: new Set(branches.flatMap((branch) => this.repository.history(branch).map(({ id }) => id))),
    };
  }

  /** @throws AssertionError naming the promise that was broken, by what it broke. */
  verify(actor: Actor, done: Done): void {
    const { kind, before, after, heads, failure, wasKilled } = done;
    this.nothingIsLost(actor, done);
    this.pushesOnlyWhatTheyMade(actor, before, heads);
    this.nothingElseIsTouched(actor, before, after);
    if (failure !== undefined && !wasKilled) this.nothingHappens(actor, before, after, kind, failure);
    if (kind === 'pull' && failure === undefined) this.everythingIsTaken(actor);
    if (kind === 'pull') this.deletesStay(actor, done);
  }

  /** Promise 1: what only this person has is here, waits on a branch, or is in a backup. What they gave up by name is in `removed`. */
  private nothingIsLost(actor: Actor, { kind, before, after, removedBefore, meanwhile }: Done): void {
    const here = new Set([...wordsIn(after.files), ...after.parked, ...wordsOf(...actor.folder.backups())]);
    const agreed = new Set(this.everywhere());
    const lost = without([...before.own, ...before.parked], here, actor.removed);
    // What was pushed and taken out by somebody else since is theirs to answer for.
    const answered = new Set([...this.strangersRemoved, ...this.actors.flatMap(({ removed }) => [...removed])]);
    assert.deepEqual(
      lost.filter((word) => !agreed.has(word) && !answered.has(word)),
      [],
      `${actor.name} lost words by ${kind}`,
    );
    if (kind === 'pull' || kind === 'look' || kind === 'restart') {
      const givenUp = new Set(without(actor.removed, removedBefore));
      const lostHere = without(before.own, here, givenUp, meanwhile.takenOut);
      assert.deepEqual(lostHere, [], `${actor.name} lost what was never pushed by ${kind}`);
    }
  }

  /** Every word of every branch. */
  everywhere(): readonly string[] {
    return branches.flatMap((branch) => {
      const head = this.repository.head(branch);
      return head === undefined ? [] : [...wordsIn(this.repository.filesOf(head))];
    });
  }

  /**
   * Promises 2, 4 and 6: every new commit is somebody's who takes out what they took out by hand and puts in what they
   * wrote, on top of what was there, and there is one for each push at most.
   */
  private pushesOnlyWhatTheyMade(actor: Actor, moment: Moment, before: Heads): void {
    const copied = wordsOf(...newFiles(moment));
    for (const branch of branches) {
      const history = this.repository.history(branch);
      const messages = history.map(({ message }) => message).filter((message) => message.startsWith('Push'));
      assert.equal(new Set(messages).size, messages.length, `a push was committed twice: ${messages.join()}`);
      const head = before.heads.get(branch);
      assert.ok(head === undefined || history.some(({ id }) => id === head), `${actor.name} threw ${branch} away`);
      for (const { id, message, parent } of history) {
        if (before.commits.has(id) || !message.startsWith('Push')) continue;
        const was = parent === undefined ? new Map<string, ModelFile>() : this.repository.filesOf(parent);
        const is = this.repository.filesOf(id);
        const gone = without(wordsIn(was), wordsIn(is), actor.removed);
        assert.deepEqual(gone, [], `${message} of ${actor.name} took out what they never touched`);
        const fresh = without(wordsIn(is), wordsIn(was), actor.restored, copied);
        const foreign = fresh.filter((word) => this.authors.get(word) !== actor.name);
        assert.deepEqual(foreign, [], `${message} of ${actor.name} put in again what others took out`);
        assert.deepEqual(is.get(bystander), was.get(bystander), `${message} changed what is none of its business`);
      }
    }
  }

  /** Promises 4 and 5. */
  private nothingElseIsTouched(actor: Actor, before: Moment, after: Moment): void {
    assert.deepEqual(after.files.get(notes), before.files.get(notes));
    assert.equal(after.files.has(bystander), false, 'a file that is no part of the API came in');
    for (const [name, { text }] of after.files) {
      const ends = new Set(text.match(/\r?\n/gu));
      assert.ok(ends.size <= 1, `${name} of ${actor.name} has two kinds of line ends`);
    }
  }

  /** Promises 3, 7 and 8: who refuses does nothing. */
  private nothingHappens(actor: Actor, before: Moment, after: Moment, kind: string, failure: unknown): void {
    // Saved, because the person said so, and then refused.
    const saved = kind === 'push' && Failure.is(failure);
    const changed = [...after.files].filter(([name, file]) => !saved && !isSame(file, before.files.get(name)));
    const gone = [...before.files.keys()].filter((name) => !after.files.has(name));
    assert.deepEqual([changed, gone], [[], []], `${kind} of ${actor.name} was refused, and changed files`);
  }

  private everythingIsTaken(actor: Actor): void {
    const left = actor.plan.filter((item) => item.kind === 'incoming' || (item.kind === 'conflict' && item.mergeable));
    assert.deepEqual(left, [], `${actor.name} pulled, and there is more to pull`);
  }

  /** Promise 1 for a delete: a pull does not bring back what a person took away. */
  private deletesStay(actor: Actor, { before, after, meanwhile }: Done): void {
    const base = before.state.branches.get(before.state.branch)?.base;
    for (const path of base?.keys() ?? []) {
      if (before.files.has(path) || meanwhile.paths.has(path)) continue;
      assert.ok(!after.files.has(path), `pull brought ${path} back, which ${actor.name} deleted`);
    }
  }
}

/** Who makes a file of their own out of what was in another answers for every word of it. */
function newFiles({ files, state }: Moment): readonly string[] {
  const base = state.branches.get(state.branch)?.base;
  const agreed = new Set([...(base?.values() ?? [])].map(({ id }) => id));
  return [...files]
    .filter(([path, { text }]) => base?.has(path as RepoPath) !== true && !agreed.has(gitBlobId(Buffer.from(text))))
    .map(([, { text }]) => text);
}

export function isSame(a: ModelFile | undefined, b: ModelFile | undefined): boolean {
  return a?.text === b?.text && a?.executable === b?.executable;
}
