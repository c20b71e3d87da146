import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import { look, readRegular } from './diskFile.ts';
import type { DiskFs } from './diskFs.ts';
import { codeOf, isAbsent, readFailure, writeFailure } from './ioError.ts';

/** `.api-source-control/` of a checkout's folder. It comes into being with the first write, and ignores itself. */
export class OwnFolder {
  constructor(
    private readonly fs: DiskFs,
    /** What the folder lies in: the checkout's own, or a Git folder. */
    private readonly root: string,
  ) {}

  async exists(): Promise<boolean> {
    return (await look(this.fs, this.place(), ownFolderName))?.kind === 'folder';
  }

  /** `undefined` when there is no such file. @throws Failure `tooLarge`, `invalidFile`. */
  async read(name: string): Promise<Uint8Array | undefined> {
    return (await this.exists()) ? readRegular(this.fs, this.place(name), nameOf(name)) : undefined;
  }

  /** Regular files below a folder of ours, at any depth and relative to it. Links are not followed. */
  async list(folder: string): Promise<readonly string[]> {
    const files: string[] = [];
    if (!(await this.exists()) || (await look(this.fs, this.place(folder), nameOf(folder)))?.kind !== 'folder')
      return [];
    const open = [folder];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const entry of await this.entries(next)) {
        if (entry.isFile()) files.push(`${next}/${entry.name}`);
        else if (entry.isDirectory()) open.push(`${next}/${entry.name}`);
      }
    }
    return files.map((path) => path.slice(folder.length + 1));
  }

  private async entries(folder: string): Promise<readonly Dirent[]> {
    try {
      return await this.fs.readdir(this.place(folder), { withFileTypes: true });
    } catch (error) {
      if (isAbsent(error)) return [];
      throw readFailure(error, nameOf(folder));
    }
  }

  async has(name: string): Promise<boolean> {
    return (await this.exists()) && (await look(this.fs, this.place(name), nameOf(name)))?.kind === 'file';
  }

  /** By temporary file and rename: a reader sees the old file or the new one. @throws Failure `writeFailed`. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    await this.make();
    const temporary = this.place('tmp', randomUUID());
    try {
      await this.fs.writeFile(temporary, content);
      await this.fs.mkdir(dirname(this.place(name)), { recursive: true });
      await this.fs.rename(temporary, this.place(name));
    } catch (error) {
      await this.fs.rm(temporary, { force: true });
      throw writeFailure(error, nameOf(name));
    }
  }

  async remove(name: string): Promise<void> {
    await this.fs.rm(this.place(name), { force: true });
  }

  /** Makes a file only where none is, whole from its first moment; answers whether it did. @throws Failure `writeFailed`. */
  async writeNew(name: string, content: string): Promise<boolean> {
    await this.make();
    const temporary = this.place('tmp', randomUUID());
    try {
      await this.fs.writeFile(temporary, content);
      await this.link(temporary, name, content);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw writeFailure(error, nameOf(name));
    } finally {
      await this.fs.rm(temporary, { force: true });
    }
  }

  /** Some file systems know no links: there the file is empty for a moment. */
  private async link(temporary: string, name: string, content: string): Promise<void> {
    try {
      await this.fs.link(temporary, this.place(name));
    } catch (error) {
      if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR'].includes(codeOf(error))) throw error;
      await this.fs.writeFile(this.place(name), content, { flag: 'wx' });
    }
  }

  /** When a file was written or touched last, as a text to compare; `undefined` when there is none. */
  async timeOf(name: string): Promise<string | undefined> {
    const entry = await look(this.fs, this.place(name), nameOf(name));
    return entry === undefined ? undefined : String(entry.mtimeNs);
  }

  async touch(name: string): Promise<void> {
    const now = new Date();
    try {
      await this.fs.utimes(this.place(name), now, now);
    } catch (error) {
      throw writeFailure(error, nameOf(name));
    }
  }

  /** Takes a file away, as one of several who want to; answers its contents, `undefined` when another was faster. */
  async moveAside(name: string): Promise<Uint8Array | undefined> {
    await this.make();
    const aside = this.place('tmp', randomUUID());
    try {
      await this.fs.rename(this.place(name), aside);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw writeFailure(error, nameOf(name));
    }
    const bytes = await readRegular(this.fs, aside, nameOf(name));
    await this.fs.rm(aside, { force: true });
    return bytes;
  }

  /** A new folder for the temporary files of one operation. @throws Failure `writeFailed`, `unsafePath`. */
  async makeTemporary(): Promise<string> {
    await this.make();
    try {
      return await this.fs.mkdtemp(this.place('tmp', 'apply-'));
    } catch (error) {
      throw writeFailure(error, nameOf('tmp'));
    }
  }

  /**
   * Makes a folder in `parent` that was not there, called `name`, or `name 2` and so on; answers it as `read` takes it.
   * @throws Failure `writeFailed`, `unsafePath`.
   */
  async makeNew(parent: string, name: string): Promise<string> {
    await this.make();
    try {
      await this.fs.mkdir(this.place(parent), { recursive: true });
    } catch (error) {
      throw writeFailure(error, nameOf(parent));
    }
    for (let number = 1; ; number++) {
      const folder = `${parent}/${number === 1 ? name : `${name} ${String(number)}`}`;
      try {
        await this.fs.mkdir(this.place(folder));
        return folder;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw writeFailure(error, nameOf(folder));
      }
    }
  }

  private async make(): Promise<void> {
    const entry = await look(this.fs, this.place(), ownFolderName);
    if (entry !== undefined && entry.kind !== 'folder') {
      throw new Failure('unsafePath', { paths: [ownFolderName], detail: entry.kind });
    }
    try {
      await this.fs.mkdir(this.place('tmp'), { recursive: true });
      await this.fs.writeFile(this.place('.gitignore'), '*\n', { flag: 'wx' });
    } catch (error) {
      // It is there already, as nearly always.
      if (codeOf(error) !== 'EEXIST') throw writeFailure(error, ownFolderName);
    }
  }

  private place(...names: readonly string[]): string {
    return join(this.root, ownFolderName, ...names);
  }
}

function nameOf(name: string): string {
  return `${ownFolderName}/${name}`;
}
