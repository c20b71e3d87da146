import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../../core/errors.ts';
import { ownFolderName } from '../../../core/model/pathRules.ts';
import type { RepositoryRef } from '../../../core/model/repository.ts';
import type { CheckoutStorage } from '../../../ports/checkoutStorage.ts';
import type { Hasher } from '../../../ports/hasher.ts';
import type { RepositoryHost } from '../../../ports/repositoryHost.ts';
import type { FoundClone, Surroundings, WorkspaceClone, WorkspaceClones } from '../../../ports/workspaceClone.ts';
import { parseAddress } from '../address.ts';
import type { Prompting } from '../answerer.ts';
import type { Speaker } from '../conversation.ts';
import { GitProgram, type GitProgramOptions } from '../gitProgram.ts';
import { Objects } from '../objects.ts';
import { RememberedAnswers } from '../rememberedAnswers.ts';
import { CloneFilters } from './cloneFilters.ts';
import { CloneGit, type ClonePlace } from './cloneGit.ts';
import { CloneHeads } from './cloneHeads.ts';
import { cloneHost } from './cloneHost.ts';
import { CloneRemote } from './cloneRemote.ts';
import { CloneStateStore } from './cloneStateStore.ts';
import { CloneWorkingCopy } from './cloneWorkingCopy.ts';
import { exists } from './exists.ts';
import { GitClone } from './gitClone.ts';

export interface GitClonesOptions extends GitProgramOptions {
  readonly hasher: Hasher;
  /** Absent: nobody is ever asked. */
  readonly prompting?: Prompting;
  /** The stores of a folder on this disk, with what is remembered of it below `memory`. */
  readonly openStorage: (root: string, memory: string) => CheckoutStorage;
}

const pathArgs = ['rev-parse', '--path-format=absolute', '--show-toplevel', '--absolute-git-dir', '--git-common-dir'];

/** The clones on this disk. */
export class GitClones implements WorkspaceClones {
  readonly #git: GitProgram;
  readonly #remembered = new Map<string, RememberedAnswers>();

  constructor(private readonly options: GitClonesOptions) {
    this.#git = new GitProgram(options);
  }

  async find(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<FoundClone | undefined> {
    const root = pathOf(workspaceFolder, folder);
    // Most folders are no clones: they start no process.
    if (root === undefined || !(await exists(join(root, '.git')))) return undefined;
    const place = await this.#placeAt(root, signal);
    if (place?.root !== (await realpath(root))) return undefined;
    const git = new CloneGit(this.#git, place, basename(root));
    const branch = (await git.line(['symbolic-ref', '--quiet', 'HEAD'], signal))?.replace(/^refs\/heads\//, '');
    const isKept = await exists(join(place.gitFolder, ownFolderName, 'state.json'));
    return {
      ...(branch === undefined ? {} : { branch }),
      remotes: await remotesOf(git, branch, signal),
      isOwnFolder: !isKept && (await exists(join(root, ownFolderName, 'state.json'))),
    };
  }

  async open(
    workspaceFolder: string,
    folder: string,
    remoteName: string,
    repository: RepositoryRef,
    host: RepositoryHost,
  ): Promise<WorkspaceClone> {
    const { signal } = new AbortController();
    const root = pathOf(workspaceFolder, folder);
    const place = root === undefined ? undefined : await this.#placeAt(root, signal);
    if (place === undefined) throw new Failure('unsafePath', { paths: [folder], detail: 'scheme' });
    const { hasher, openStorage, prompting } = this.options;
    const git = new CloneGit(this.#git, place, repository.name);
    const heads = new CloneHeads(git, remoteName);
    const address = await this.#addressOf(git, remoteName, repository);
    const answers = { prompting, account: undefined, remembered: this.#answersOf(address.origin) };
    const remote = new CloneRemote(git, heads, address, answers);
    const objects = new Objects({ address, view: (request) => git.look(request) });
    const stores = openStorage(place.root, place.gitFolder);
    const filters = new CloneFilters(git, hasher);
    const storage: CheckoutStorage = {
      ...stores,
      // Nobody looks into .git.
      backups: openStorage(place.root, place.root).backups,
      files: new CloneWorkingCopy({ git, objects, filters, disk: stores.files, hasher }),
      state: new CloneStateStore(heads, objects, repository, stores.state),
    };
    return new GitClone({
      git,
      heads,
      remote,
      objects,
      storage,
      disk: stores.files,
      filters,
      host: cloneHost(host, { git, heads, remote, objects }),
    });
  }

  async surroundings(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<Surroundings | undefined> {
    const around = await this.#around(workspaceFolder, folder, signal);
    if (around === undefined) return undefined;
    const { git, path } = around;
    // The one command that refuses to take paths literally; `./` keeps a leading `:` from being magic.
    const ignores = ['--no-literal-pathspecs', 'check-ignore', '--quiet', '--', `./${path}`];
    const isIgnored = (await git.look({ args: ignores, signal })).code === 0;
    const isTracked = (await git.read(['ls-files', '-z', '--', path], signal)).length > 0;
    return isIgnored || isTracked ? undefined : { name: git.name, pattern: patternOf(path) };
  }

  async exclude(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<void> {
    const around = await this.#around(workspaceFolder, folder, signal);
    if (around === undefined) return;
    const file = join(around.git.place.commonFolder, 'info', 'exclude');
    const before = (await exists(file)) ? await readFile(file, 'utf8') : '';
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${before}${gap}${patternOf(around.path)}\n`);
  }

  async #around(
    workspaceFolder: string,
    folder: string,
    signal: AbortSignal,
  ): Promise<{ readonly git: CloneGit; readonly path: string } | undefined> {
    const root = pathOf(workspaceFolder, folder);
    if (root === undefined || !(await exists(root))) return undefined;
    const real = await realpath(root);
    const place = await this.#placeAt(real, signal);
    if (place === undefined || place.root === real) return undefined;
    const path = relative(place.root, real).split(sep).join('/');
    return { git: new CloneGit(this.#git, place, basename(place.root)), path };
  }

  async #placeAt(root: string, signal: AbortSignal): Promise<ClonePlace | undefined> {
    const { code, stdout } = await this.#git.run({ args: pathArgs, cwd: root, signal });
    const [top, gitFolder, commonFolder] = stdout.toString().split('\n');
    if (code !== 0 || !top || !gitFolder || !commonFolder) return undefined;
    return { root: resolve(top), gitFolder: resolve(gitFolder), commonFolder: resolve(commonFolder) };
  }

  /** A remote that only the person's Git understands has no origin to remember answers for. */
  async #addressOf(git: CloneGit, remote: string, { name }: RepositoryRef): Promise<Speaker['address']> {
    const url = (await git.line(['ls-remote', '--get-url', remote], new AbortController().signal)) ?? '';
    try {
      const { origin, transport } = parseAddress(url, { home: homedir(), platform: process.platform });
      return { name, origin, transport };
    } catch (error) {
      if (!Failure.is(error)) throw error;
      return { name, origin: '', transport: 'ssh' };
    }
  }

  #answersOf(origin: string): RememberedAnswers {
    const known = this.#remembered.get(origin) ?? new RememberedAnswers(origin);
    this.#remembered.set(origin, known);
    return known;
  }
}

async function remotesOf(
  git: CloneGit,
  branch: string | undefined,
  signal: AbortSignal,
): Promise<FoundClone['remotes']> {
  const names = (await git.read(['remote'], signal)).toString().split('\n').filter(Boolean);
  const key = `branch.${branch ?? ''}.remote`;
  const followed = branch === undefined ? undefined : await git.line(['config', '--get', key], signal);
  const rank = (name: string): number => (name === followed ? 0 : name === 'origin' ? 1 : 2);
  const remotes = [...names].sort((a, b) => rank(a) - rank(b));
  return Promise.all(
    remotes.map(async (name) => {
      const written = await git.line(['config', '--get', `remote.${name}.url`], signal);
      const rewritten = await git.line(['ls-remote', '--get-url', name], signal);
      return { name, addresses: [...new Set([rewritten, written].filter((address) => address !== undefined))] };
    }),
  );
}

/** One folder, by its exact name. */
function patternOf(path: string): string {
  return `/${path.replaceAll(/[\\*?[\]!# ]/g, String.raw`\$&`)}/`;
}

/** `undefined`: on no disk of this computer. */
function pathOf(workspaceFolder: string, folder: string): string | undefined {
  return workspaceFolder.startsWith('file:') ? join(fileURLToPath(workspaceFolder), folder) : undefined;
}
