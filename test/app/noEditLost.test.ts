import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { Person } from './person.ts';

const names = ['a.yaml', 'b.yaml', 'c.yaml'];
const lines = 9;

type Step =
  | { readonly kind: 'edit'; readonly who: number; readonly file: number; readonly line: number }
  | { readonly kind: 'delete' | 'acceptMine'; readonly who: number; readonly file: number }
  | { readonly kind: 'pull' | 'push' | 'pushMeanwhile' | 'loseAnswer' | 'restart'; readonly who: number };

const who = fc.nat({ max: 1 });
const file = fc.nat({ max: names.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), who, file, line: fc.nat({ max: lines - 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'acceptMine' as const), who, file }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'pull' as const,
        'push' as const,
        'pushMeanwhile' as const,
        'loseAnswer' as const,
        'restart' as const,
      ),
      who,
    }),
  },
);

/** Two people and one repository; each line that a person writes is one of a kind. */
class World {
  readonly repository = new MemoryRepository('repo', 'repo');
  readonly people: Person[] = [];
  readonly keys: ApiKey[] = [];
  private written = 0;
  private pushed = 0;

  async start(): Promise<void> {
    const text = `${Array.from({ length: lines }, (_, line) => `l${String(line)}: start\n`).join('')}`;
    this.repository.push('main', {
      'openapi.yaml': root(...names),
      ...Object.fromEntries(names.map((name) => [name, text])),
    });
    for (let index = 0; index < 2; index++) {
      const person = new Person([this.repository]);
      person.ask.answers.set('pushDeletes', 'push');
      this.people.push(person);
      this.keys.push(await person.connect());
    }
  }

  async take(next: Step): Promise<void> {
    const person = this.people[next.who] as Person;
    const key = this.keys[next.who] as ApiKey;
    switch (next.kind) {
      case 'edit':
        return this.edit(person, names[next.file] as string, next.line);
      case 'delete':
        return void person.files().remove(names[next.file] as RepoPath);
      case 'acceptMine':
        await person.look(key);
        return void (await person.use.acceptMine(key, [names[next.file] as RepoPath], quiet()));
      case 'pull':
        return this.pull(person, key);
      case 'push':
        return this.push(person, key);
      case 'pushMeanwhile':
        person.host.faults.beforeCommit = () => this.teammateCommits();
        await this.push(person, key);
        return void (person.host.faults.beforeCommit = undefined);
      case 'loseAnswer':
        person.host.faults.loseAnswer = this.written % 2 === 0 ? 'before' : 'after';
        await this.push(person, key);
        return void (person.host.faults.loseAnswer = undefined);
      case 'restart': {
        const again = person.restarted();
        again.ask.answers.set('pushDeletes', 'push');
        this.people[next.who] = again;
        await again.engine.start();
        return again.use.lookAll(quiet());
      }
    }
  }

  private edit(person: Person, name: string, line: number): void {
    const text = person.text(name) ?? '';
    const all = text.split('\n');
    if (all.length <= line) return person.edit(name, `${text}n${String(++this.written)}: mine\n`);
    all[line] = `n${String(++this.written)}: mine`;
    person.edit(name, all.join('\n'));
  }

  private teammateCommits(): void {
    const name = names[this.written % names.length] as string;
    const text = this.repository.textOf('main', name) ?? '';
    this.repository.push('main', { [name]: `t${String(++this.written)}: theirs\n${text}` });
  }

  /** After a pull, every line that only this person wrote is still there. */
  private async pull(person: Person, key: ApiKey): Promise<void> {
    const before = this.ownLines(person, await this.baseOf(person));
    await person.pull(key);
    for (const [name, own] of before) {
      const after = person.text(name) ?? '';
      for (const line of own) assert.ok(after.includes(line), `pull lost ${line} of ${name}`);
    }
  }

  /** A push replaces only versions that this person had agreed on: nothing that others pushed goes unseen. */
  private async push(person: Person, key: ApiKey): Promise<void> {
    const texts = new Map(names.map((name) => [name, person.text(name)]));
    const base = (await person.state())?.branches.get('main')?.base;
    const message = `push ${String(++this.pushed)}`;
    try {
      await person.push(key, message);
    } catch (error) {
      if (!Failure.is(error)) throw error;
    }
    for (const name of names) assert.equal(person.text(name), texts.get(name), `push touched ${name} here`);
    const head = this.repository.branches.get('main');
    const commits = (head === undefined ? [] : this.repository.history(head)).filter(
      (commit) => commit.message === message,
    );
    assert.ok(commits.length <= 1, `${message} was committed twice`);
    for (const commit of commits) {
      const parent = this.repository.commitAt(commit.parents[0] as CommitId);
      for (const path of new Set([...commit.files.keys(), ...(parent?.files.keys() ?? [])])) {
        const before = parent?.files.get(path)?.id;
        if (before === commit.files.get(path)?.id) continue;
        assert.equal(before, base?.get(path)?.id, `${message} replaced a version of ${path} that was never seen`);
      }
    }
  }

  private async baseOf(person: Person): Promise<ReadonlyMap<string, string>> {
    const state = await person.state();
    const base = new Map<string, string>();
    for (const [path, { id }] of state?.branches.get('main')?.base ?? []) {
      const bytes = await person.storages.at('file:///work', 'repo').blobs.get(id);
      base.set(path, Buffer.from(bytes ?? []).toString());
    }
    return base;
  }

  private ownLines(person: Person, base: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
    return new Map(
      names.map((name) => {
        const known = new Set((base.get(name) ?? '').split('\n'));
        return [name, (person.text(name) ?? '').split('\n').filter((line) => !known.has(line))];
      }),
    );
  }

  /** Everybody pulls and pushes until nothing is left to do; conflicts are ended in favour of who comes first. */
  async settle(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      for (const [index, person] of this.people.entries()) {
        const key = this.keys[index] as ApiKey;
        await this.pull(person, key);
        await person.use.acceptMine(key, names as RepoPath[], quiet());
        await this.push(person, key);
      }
    }
  }
}

function quiet(): { signal: AbortSignal; interactive: boolean; progress: { report: () => undefined } } {
  return { signal: new AbortController().signal, interactive: false, progress: { report: () => undefined } };
}

describe('no edit is lost', () => {
  const numRuns = process.env['LONG'] === undefined ? 25 : 1_000;

  it('whatever two people do, in whatever order', async function () {
    this.timeout(process.env['LONG'] === undefined ? 60_000 : 1_800_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = new World();
        await world.start();
        for (const next of steps) await world.take(next);
        await world.settle();
        for (const name of names) {
          const [mine, theirs] = world.people.map((person) => person.text(name));
          assert.equal(mine, theirs, `${name} differs between the two`);
          assert.equal(world.repository.textOf('main', name), mine, `${name} differs from the repository`);
        }
      }),
      { numRuns },
    );
  });
});
