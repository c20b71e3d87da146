import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/errors.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { withOtherNames } from '../../../src/core/sync/renames.ts';
import { root } from '../definitions.ts';
import { Actor, quiet, type Moment } from './actor.ts';
import { bystander, isSame, Ledger, notes, type Meanwhile } from './ledger.ts';
import type { ModelFile, ModelRepository } from './modelRepository.ts';
import { branches, names, who, type Operation, type Step } from './steps.ts';
import { wordsIn, wordsOf, without } from './words.ts';

const lineCount = 9;
const nothing: Meanwhile = { paths: new Set(), takenOut: new Set() };

/** Three people and strangers on one repository, and everything that anybody wrote. */
export class World {
  readonly actors: readonly Actor[];
  private readonly ledger: Ledger;
  private pushes = 0;
  /** For the report: how many steps were taken. */
  taken = 0;

  constructor(
    private readonly repository: ModelRepository,
    places: readonly (string | undefined)[] = [],
  ) {
    this.actors = who.map((name, index) => new Actor(name, repository, [...names, notes, bystander], places[index]));
    this.ledger = new Ledger(repository, this.actors);
  }

  async start(): Promise<void> {
    const files = new Map<string, ModelFile>([
      ['openapi.yaml', { text: root(...names), executable: false }],
      [bystander, { text: this.ledger.line('nobody'), executable: false }],
    ]);
    for (const name of names.slice(0, 3)) {
      const lines = Array.from({ length: lineCount }, () => this.ledger.line('nobody'));
      files.set(name, { text: lines.join(''), executable: name === 'c.yaml' });
    }
    // One file of another style: it has to stay so, whoever edits and whatever is merged.
    const odd = files.get('b.yaml')?.text ?? '';
    files.set('b.yaml', { text: `\ufeff${odd.replaceAll('\n', '\r\n')}`, executable: false });
    this.repository.push('main', files, 'Start');
    this.repository.moveTo('dev', this.repository.head('main') ?? '');
    for (const actor of this.actors) {
      actor.folder.write(notes, { text: `${actor.name}’s own\n`, executable: false });
      await actor.connect();
    }
  }

  async take(step: Step): Promise<void> {
    this.taken++;
    switch (step.kind) {
      case 'stranger':
        return this.strangerPushes(branches[step.branch] ?? 'main', names[step.file] ?? '', step.line);
      case 'forcePush':
        return this.forcePush(branches[step.branch] ?? 'main', names[step.file] ?? '');
      default:
        await this.act(this.actor(step.who), step);
    }
  }

  private async act(actor: Actor, step: Exclude<Step, { readonly kind: 'stranger' | 'forcePush' }>): Promise<void> {
    switch (step.kind) {
      case 'edit':
        return this.edit(actor, names[step.file] ?? '', step.line);
      case 'type':
        return this.type(actor, names[step.file] ?? '');
      case 'delete':
        return this.delete(actor, names[step.file] ?? '');
      case 'mode':
        return this.toggleMode(actor, names[step.file] ?? '');
      case 'rename':
        return this.rename(actor, names[step.file] ?? '', names[step.to] ?? '');
      case 'operate':
        return this.operate(actor, step.operation);
      case 'killed':
        actor.life[step.inFolder ? 'leftInFolder' : 'left'] = step.after;
        actor.life.meanwhile = () => {
          if (step.meanwhile !== null) this.edit(actor, names[step.meanwhile] ?? '', 0);
        };
        await this.operate(actor, step.operation);
        actor.life.left = undefined;
        return void (actor.life.leftInFolder = undefined);
      case 'overtaken':
        actor.wire.beforeCommit = () => this.strangerPushes(actor.branch, names[step.file] ?? '', 0);
        await this.operate(actor, { kind: 'push' });
        return void (actor.wire.beforeCommit = undefined);
      case 'answerLost':
        actor.wire.loseAnswer = step.when;
        await this.operate(actor, { kind: 'push' });
        return void (actor.wire.loseAnswer = undefined);
      case 'restart':
        return this.verified(actor, 'restart', () => actor.restart());
      case 'offline':
      case 'online':
        return void (actor.wire.offline = step.kind === 'offline');
    }
  }

  private actor(index: number): Actor {
    const actor = this.actors[index];
    if (actor === undefined) throw new Error('nobody');
    return actor;
  }

  // What a person does in their folder.

  private edit(actor: Actor, name: string, line: number): void {
    if (actor.typed(name) !== undefined) return this.type(actor, name, line);
    const before = actor.folder.read(name) ?? { text: '', executable: false };
    const text = this.withLine(before.text, line, actor.name);
    this.write(actor, name, { ...before, text });
  }

  /** A line replaced, or one more where the file is shorter; in the file's own style. */
  private withLine(text: string, line: number, author: string): string {
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    const fresh = this.ledger.line(author).replace('\n', end);
    const lines = text.split(/(?<=\n)/u);
    // A word that is glued to the end of another line is no word that anybody could find again.
    const open = text === '' || text.endsWith('\n') ? '' : end;
    if (line >= lines.length || text === '') return text + open + fresh;
    const mark = lines[line]?.startsWith('\ufeff') === true ? '\ufeff' : '';
    lines[line] = mark + fresh;
    return lines.join('');
  }

  private write(actor: Actor, name: string, file: ModelFile): void {
    for (const word of without(wordsOf(actor.folder.read(name)?.text), wordsOf(file.text))) actor.removed.add(word);
    actor.folder.write(name, file);
  }

  private type(actor: Actor, name: string, line = lineCount): void {
    const before = actor.typed(name) ?? actor.folder.read(name)?.text;
    if (before === undefined) return;
    const text = this.withLine(before, line, actor.name);
    for (const word of without(wordsOf(before), wordsOf(text))) actor.removed.add(word);
    actor.type(name, text);
  }

  private delete(actor: Actor, name: string): void {
    for (const word of wordsOf(actor.folder.read(name)?.text, actor.typed(name))) actor.removed.add(word);
    actor.folder.remove(name);
    actor.close(name);
  }

  private toggleMode(actor: Actor, name: string): void {
    const file = actor.folder.read(name);
    if (file !== undefined) actor.folder.write(name, { ...file, executable: !file.executable });
  }

  private async rename(actor: Actor, from: string, to: string): Promise<void> {
    const file = actor.folder.read(from);
    if (file === undefined || actor.folder.read(to) !== undefined || actor.typed(to) !== undefined) return;
    const typed = actor.typed(from);
    actor.folder.remove(from);
    actor.close(from);
    actor.folder.write(to, file);
    if (typed !== undefined) actor.type(to, typed);
    // In the place of another file it is no rename but an edit of that one: who makes it answers for every word.
    if ((await actor.agreedText(to)) !== undefined) for (const word of wordsOf(file.text)) actor.restored.add(word);
  }

  // What strangers do in the repository.

  private strangerPushes(branch: string, name: string, line: number): void {
    const head = this.repository.head(branch);
    const before = head === undefined ? undefined : this.repository.filesOf(head).get(name);
    const text = this.withLine(before?.text ?? '', line, 'a stranger');
    for (const word of without(wordsOf(before?.text), wordsOf(text))) this.ledger.strangersRemoved.add(word);
    const file = { text, executable: before?.executable ?? false };
    this.repository.push(branch, new Map([[name, file]]), `Stranger ${String(this.ledger.authors.size)}`);
  }

  /** The newest commit is replaced by another one. */
  private forcePush(branch: string, name: string): void {
    const [newest] = this.repository.history(branch);
    if (newest?.parent === undefined) return;
    const lost = wordsIn(this.repository.filesOf(newest.id));
    const back = wordsIn(this.repository.filesOf(newest.parent));
    for (const word of without(lost, back)) this.ledger.strangersRemoved.add(word);
    // What the lost commit took out is there again.
    for (const word of without(back, lost)) for (const { restored } of this.actors) restored.add(word);
    this.repository.moveTo(branch, newest.parent);
    this.strangerPushes(branch, name, 1);
  }

  // What the engine does.

  private async operate(actor: Actor, operation: Operation): Promise<void> {
    const { person, key } = actor;
    switch (operation.kind) {
      case 'pull':
        return this.verified(actor, 'pull', () => person.pull(key));
      case 'push': {
        const message = `Push ${String(++this.pushes)}`;
        return this.verified(actor, 'push', () => person.push(key, message));
      }
      case 'look':
        return this.verified(actor, 'look', () => person.use.lookAll(quiet()));
      case 'acceptMine':
      case 'acceptTheirs':
      case 'discard':
        return this.decide(actor, operation.kind, [names[operation.file] ?? '']);
      case 'switch':
        person.ask.answers.set('switchWithChanges', operation.answer);
        return this.verified(actor, 'switch', () =>
          person.use.switchBranch(key, branches[operation.branch] ?? 'main', quiet()),
        );
    }
  }

  private async decide(
    actor: Actor,
    kind: 'acceptMine' | 'acceptTheirs' | 'discard',
    paths: readonly string[],
  ): Promise<void> {
    const all = withOtherNames(actor.plan, paths as readonly RepoPath[]);
    const { files, state } = await actor.moment();
    const head = this.repository.head(state.branch);
    const there = head === undefined ? new Map<string, ModelFile>() : this.repository.filesOf(head);
    for (const path of all) {
      const mine = wordsOf(files.get(path)?.text);
      const theirs = wordsOf(there.get(path)?.text);
      // What is overruled by name may go, on this side or the other.
      if (kind === 'acceptMine') {
        for (const word of without(theirs, mine)) actor.removed.add(word);
        for (const word of without(mine, theirs)) actor.restored.add(word);
      } else for (const word of mine) actor.removed.add(word);
    }
    await this.verified(actor, kind, () => actor.person.use[kind](actor.key, [...all], quiet()));
  }

  /** Runs an operation, and holds everything that it did against the promises. */
  private async verified(actor: Actor, kind: string, run: () => Promise<unknown>): Promise<void> {
    const before = await actor.moment();
    const heads = this.ledger.heads();
    const removedBefore = new Set(actor.removed);
    let failure: unknown;
    actor.life.intended = [];
    try {
      await run();
    } catch (error) {
      if (!actor.life.dead && !Failure.is(error)) throw error;
      failure = error;
    }
    const wasKilled = actor.life.dead;
    const meanwhile = wasKilled ? await this.startAgain(actor, before) : nothing;
    const after = await actor.moment();
    this.ledger.verify(actor, { kind, before, after, heads, failure, wasKilled, meanwhile, removedBefore });
  }

  /**
   * Promise 3: the next start finishes or undoes what was begun; what was written since stays.
   * Answers what that was.
   */
  private async startAgain(actor: Actor, before: Moment): Promise<Meanwhile> {
    const { intended, meanwhile } = actor.life;
    const left = actor.files();
    meanwhile?.();
    const touched = actor.files();
    await actor.restart();
    const after = actor.files();
    const open = intended.filter(({ path }) => isSame(touched.get(path), left.get(path)));
    const done = open.filter((change) => isSame(after.get(change.path), resultOf(change)));
    const undone = open.filter(({ path }) => isSame(after.get(path), before.files.get(path)));
    assert.ok(done.length === open.length || undone.length === open.length, `half of it is there for ${actor.name}`);
    const written = [...touched].filter(([path, file]) => !isSame(file, left.get(path)));
    for (const [path, file] of written) assert.deepEqual(after.get(path), file, `${path} was written meanwhile`);
    return {
      paths: new Set(written.map(([path]) => path)),
      takenOut: new Set(without(wordsIn(left), wordsIn(touched))),
    };
  }

  // The end.

  /** Everybody is online, and pulls, decides and pushes on every branch until nothing is left to do. */
  async settle(): Promise<void> {
    for (const actor of this.actors) {
      actor.wire.offline = false;
      for (const path of names) {
        const text = actor.typed(path);
        if (text === undefined) continue;
        this.write(actor, path, { text, executable: actor.folder.read(path)?.executable ?? false });
        actor.close(path);
      }
    }
    for (let round = 0, before = -1; round < 4 && this.commitCount() !== before; round++) {
      before = this.commitCount();
      for (const actor of this.actors) for (const branch of [1, 0]) await this.finish(actor, branch);
    }
  }

  private commitCount(): number {
    return this.ledger.heads().commits.size;
  }

  private async finish(actor: Actor, branch: number): Promise<void> {
    await this.operate(actor, { kind: 'look' });
    await this.operate(actor, { kind: 'switch', branch, answer: 'park' });
    await this.operate(actor, { kind: 'pull' });
    const open = actor.plan.filter(({ kind }) => kind === 'conflict').map(({ path }) => path);
    if (open.length > 0) await this.decide(actor, 'acceptMine', open);
    await this.operate(actor, { kind: 'push' });
  }

  /** All have the same, byte for byte and mode for mode, the repository is sound, and no word is missing. */
  async converged(): Promise<void> {
    const head = this.repository.head('main') ?? '';
    const there = new Map([...this.repository.filesOf(head)].filter(([name]) => name !== bystander));
    for (const actor of this.actors) {
      const { files, parked, state } = await actor.moment();
      const here = new Map([...files].filter(([name]) => name !== notes));
      assert.equal(state.branch, 'main', `${actor.name} is not back`);
      assert.deepEqual(sorted(here), sorted(there), `${actor.name} has something else than the repository`);
      assert.deepEqual(parked, [], `${actor.name} has something parked still`);
      assert.deepEqual(actor.plan, [], `${actor.name} has something to do still`);
    }
    const present = new Set(this.ledger.everywhere());
    const { authors, strangersRemoved } = this.ledger;
    const backups = wordsOf(...this.actors.flatMap((actor) => actor.folder.backups()));
    const removed = this.actors.map((actor) => actor.removed);
    const missing = without(authors.keys(), present, strangersRemoved, backups, ...removed);
    assert.deepEqual(missing, [], 'words are nowhere, and nobody took them out');
    this.repository.check();
  }
}

function resultOf(change: FileChange): ModelFile | undefined {
  if (change.kind === 'delete') return undefined;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(change.bytes);
  return { text, executable: change.mode === 'executable' };
}

function sorted(files: ReadonlyMap<string, ModelFile>): readonly (readonly [string, ModelFile])[] {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}
