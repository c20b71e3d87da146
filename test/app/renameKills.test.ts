import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFs, type DiskFs } from '../../src/adapters/disk/diskFs.ts';
import { DiskStorages } from '../../src/adapters/disk/diskStorages.ts';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { SilentLog } from '../../src/adapters/memory/silentLog.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { PathPlatform } from '../../src/core/model/pathRules.ts';
import { decodeJournal } from '../../src/core/sync/journalCodec.ts';
import { encodeState } from '../../src/core/sync/stateCodec.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { foldingFs } from '../unit/adapters/foldingFs.ts';
import { root, schema } from './definitions.ts';
import { changing } from './kills/passedCalls.ts';
import { readText } from './kills/windowFiles.ts';
import { Life, mortal } from './model/life.ts';
import { context, hasher, Person } from './person.ts';

/** What a teammate's rename may look like on a disk. */
const renames = [
  { what: 'a file', from: 'schemas/pet.yaml', to: 'schemas/animal.yaml' },
  { what: 'the only file of a folder', from: 'old/pet.yaml', to: 'new/pet.yaml' },
  { what: 'a file into a folder of its name', from: 'pet.yaml', to: 'pet.yaml/animal.yaml' },
  { what: 'a file into the name of its folder', from: 'pet.yaml/animal.yaml', to: 'pet.yaml' },
  { what: 'a name into another case of it', from: 'schemas/pet.yaml', to: 'schemas/Pet.yaml', folds: true },
] as const;

type Rename = (typeof renames)[number];
type Names = readonly ('from' | 'to')[];

const followed = `${schema()}description: edited before the pull\n`;

/** What the person writes after the kill, by the name of the file. */
const byHand = { from: 'title: written at the old name\n', to: 'title: written at the new name\n' } as const;
const written = { from: 'the old name', to: 'the new name' } as const;

/** A person's folder on the disk, a process that dies in it, and the next. */
class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), 'rename-'));
  readonly repository = new MemoryRepository('repo', 'repo');
  me = new Person([this.repository]);
  api = '' as ApiKey;
  private readonly platform: PathPlatform;
  private readonly fs: DiskFs;

  constructor(
    private readonly rename: Rename,
    /** Whether the person has edits in the file that the pull renames. */
    readonly isEdited: boolean,
  ) {
    const folds = 'folds' in rename;
    this.platform = folds ? 'mac' : 'linux';
    this.fs = { ...nodeFs, ...(folds ? foldingFs(this.folder) : {}) };
  }

  async connect(): Promise<void> {
    const { from, to } = this.rename;
    this.repository.push('main', { 'openapi.yaml': root(from), [from]: schema() });
    this.begin(new Life());
    this.api = await this.me.connect({ workspaceFolder: pathToFileURL(this.folder).href });
    if (this.isEdited) this.write(from, followed);
    this.repository.push('main', { 'openapi.yaml': root(to), [from]: null, [to]: schema() });
  }

  /** Lets the process die after so many steps; answers how many there were. */
  async pull(steps: number): Promise<number> {
    const life = new Life();
    await this.open(life);
    life.left = steps;
    await this.me.pull(this.api).catch((error: unknown) => {
      if (!life.dead) throw error;
    });
    return steps - life.left;
  }

  async start(): Promise<void> {
    await this.open(new Life());
    await this.me.use.lookAll(context());
  }

  /** `undefined`: no file of just this name. */
  read(path: string): string | undefined {
    const place = this.place(path);
    const isThere = existsSync(place) && lstatSync(place).isFile();
    return isThere && readdirSync(dirname(place)).includes(basename(place)) ? readFileSync(place, 'utf8') : undefined;
  }

  /** Answers whether a person can write there: not where a folder is, nor below a file. */
  write(path: string, text: string): boolean {
    const place = this.place(path);
    try {
      mkdirSync(dirname(place), { recursive: true });
      const name = readdirSync(dirname(place)).find((each) => this.fold(each) === this.fold(basename(place)));
      writeFileSync(join(dirname(place), name ?? basename(place)), text);
      return true;
    } catch {
      return false;
    }
  }

  /** Every file that a person sees, backups included. */
  get seen(): readonly string[] {
    const backups = '.api-source-control/backups';
    const entries = readdirSync(this.place(''), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => {
      const inside = join(entry.parentPath, entry.name).slice(this.place('').length + 1);
      return entry.isFile() && (!inside.startsWith('.api-source-control') || inside.startsWith(backups));
    });
    return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  }

  /** Something was begun, and its last step, behind which there is nothing to finish, was not made. */
  get isUnderway(): boolean {
    const journal = this.own('journal.json');
    return journal !== undefined && encodeState(decodeJournal(journal).next) !== this.own('state.json');
  }

  get hasJournal(): boolean {
    return this.own('journal.json') !== undefined;
  }

  close(): void {
    this.me.engine.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async open(life: Life): Promise<void> {
    // What tells that a process has ended is its number, and this one lives on.
    rmSync(this.place('.api-source-control/lease.json'), { force: true });
    this.me = this.me.restarted();
    this.begin(life);
    await this.me.engine.start();
  }

  private begin(life: Life): void {
    const calls = mortal(this.fs, life);
    const steps = Object.fromEntries(changing.map((name) => [name, calls[name]]));
    const tools = { hasher, clock: new FixedClock(), log: new SilentLog(), platform: this.platform };
    const disk = new DiskStorages({ ...tools, fs: { ...this.fs, ...steps } });
    this.me.storages.open = (...args) => disk.open(...args);
    this.me.workspace.folders = [{ uri: pathToFileURL(this.folder).href, name: 'work' }];
  }

  private fold(name: string): string {
    return this.platform === 'mac' ? name.toLowerCase() : name;
  }

  private own(name: string): string | undefined {
    return readText(this.place(`.api-source-control/${name}`));
  }

  private place(path: string): string {
    return join(this.folder, 'repo', path);
  }
}

const isLong = process.env['LONG'] === '1';

/** Every one of the points where it may die, or each so many when there is no time for all. */
const stride = isLong ? 1 : 3;

describe('a pull of a rename that is killed, and a person who writes at one of its names before the next start', function () {
  this.timeout(isLong ? 0 : 120_000);

  for (const rename of renames) {
    for (const isEdited of isLong ? [true, false] : [true]) {
      for (const names of [['to'], ['from'], ['to', 'from']] as const) {
        const title = `${rename.what}${isEdited ? ', edited here' : ''}; ${names.map((name) => written[name]).join(' and ')}`;
        it(`Promise 1: ${title}: every byte is there`, async () => {
          const whole = await inScene(rename, isEdited, (scene) => scene.pull(1_000));
          let opened = 0;
          for (let after = whole; after >= 0; after -= stride) {
            const isOpen = await inScene(rename, isEdited, (scene) => dieAfter(after, scene, rename, names));
            if (isOpen) opened++;
            // In front of its journal, a pull has not begun to change anything.
            else if (opened > 0 && !isLong) break;
          }
          assert.ok(opened > 3, String(opened));
        });
      }
    }
  }

  async function inScene<T>(rename: Rename, isEdited: boolean, work: (scene: Scene) => Promise<T>): Promise<T> {
    const scene = new Scene(rename, isEdited);
    try {
      await scene.connect();
      return await work(scene);
    } finally {
      scene.close();
    }
  }

  /** Answers whether the pull was in the middle of its changes. */
  async function dieAfter(after: number, scene: Scene, rename: Rename, names: Names): Promise<boolean> {
    await scene.pull(after);
    const { hasJournal } = scene;
    try {
      await writeAndStart(scene, rename, names);
    } catch (error) {
      throw new Error(`killed after ${String(after)} steps`, { cause: error });
    }
    return hasJournal;
  }

  async function writeAndStart(scene: Scene, rename: Rename, names: Names): Promise<void> {
    const { isUnderway } = scene;
    const wasWhole = !isUnderway && scene.seen.includes(followed);
    const texts = new Map<string, string>(names.map((name) => [rename[name], byHand[name]]));
    for (const [path, text] of texts) if (!scene.write(path, text)) texts.delete(path);
    const expected = [...texts.values()].filter((text) => scene.seen.includes(text));
    // By hand, a person may write over what they see.
    if (scene.isEdited && (!wasWhole || scene.seen.includes(followed))) expected.push(followed);
    const verify = (): void => {
      assert.equal(scene.me.node(scene.api).failure, undefined);
      assert.equal(scene.isUnderway, false);
      const { seen } = scene;
      assert.deepEqual(
        expected.filter((text) => !seen.includes(text)),
        [],
        'words are nowhere',
      );
    };
    await scene.start();
    verify();
    if (isUnderway && scene.read(rename.to) === byHand.to) {
      const plan = scene.me.plan(scene.api);
      assert.ok(plan.includes(`conflict ${rename.to}`), plan.join());
    }
    await scene.me.pull(scene.api);
    verify();
  }
});
