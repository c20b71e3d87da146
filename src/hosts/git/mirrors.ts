import { createHash, randomUUID } from 'node:crypto';
import { access, cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { GitAddress } from './address.ts';
import { failureFrom } from './failures.ts';
import type { GitRequest } from './gitProcess.ts';
import type { GitProgram } from './gitProgram.ts';
import { cleanMirror, cleanStorage } from './leftovers.ts';
import { Mirror } from './mirror.ts';
import { remoteName } from './remoteName.ts';

/** The mirrors of one storage folder, made when they are first needed. */
export class Mirrors {
  readonly #open = new Map<string, Promise<Mirror>>();
  readonly #replaced = new Map<string, { readonly broken: Mirror; readonly done: Promise<void> }>();
  #cleaned: Promise<void> | undefined;

  constructor(
    private readonly git: GitProgram,
    private readonly storage: string,
  ) {}

  async open(address: GitAddress, signal: AbortSignal): Promise<Mirror> {
    const known = this.#open.get(address.id);
    // A first caller who cancels takes its own call back, not the others'.
    const found = await known?.catch(() => undefined);
    if (found) return found;
    const opened = this.#make(address, signal);
    this.#open.set(address.id, opened);
    opened.catch(() => this.#open.delete(address.id));
    return opened;
  }

  /** Throws a broken mirror away, once per repository and session. Whether there will be another one to try. */
  async replace(broken: Mirror): Promise<boolean> {
    const { id } = broken.address;
    let replaced = this.#replaced.get(id);
    if (!replaced) {
      this.#open.delete(id);
      replaced = { broken, done: discard(broken) };
      this.#replaced.set(id, replaced);
    }
    await replaced.done;
    return replaced.broken === broken;
  }

  async #make(address: GitAddress, signal: AbortSignal): Promise<Mirror> {
    const key = createHash('sha256').update(address.id).digest('hex').slice(0, 32);
    const folder = join(this.storage, key);
    await (this.#cleaned ??= cleanStorage(this.storage));
    if (await exists(join(folder, 'view.git', 'HEAD'))) await cleanMirror(folder);
    else await this.#create(address, folder, signal);
    return new Mirror(this.git, address, folder);
  }

  /** Under a name of its own, then renamed: another window may be making the same one. */
  async #create(address: GitAddress, folder: string, signal: AbortSignal): Promise<void> {
    const temporary = `${folder}.${randomUUID()}`;
    await mkdir(temporary, { recursive: true });
    try {
      const init = ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', 'fetch.git'];
      await this.#must({ args: init, cwd: temporary, signal }, address);
      const remote = ['--git-dir=fetch.git', 'config', `remote.${remoteName}.url`, address.id];
      await this.#must({ args: remote, cwd: temporary, signal }, address);
      await cp(join(temporary, 'fetch.git'), join(temporary, 'view.git'), { recursive: true });
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      if (!(await exists(join(folder, 'view.git', 'HEAD')))) throw error;
    }
  }

  async #must(request: GitRequest, address: GitAddress): Promise<void> {
    const { code, stderr } = await this.git.run(request);
    if (code !== 0) throw failureFrom(stderr, { repository: address.name });
  }
}

/** Under another name first: nobody finds half of it. */
async function discard({ address, folder }: Mirror): Promise<void> {
  const aside = `${folder}.${randomUUID()}`;
  try {
    await rename(folder, aside);
    await rm(aside, { recursive: true, force: true, maxRetries: 3 });
  } catch (cause) {
    const detail = `the copy of this repository is broken and in use: ${folder}`;
    throw new Failure('hostError', { repository: address.name, detail }, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
