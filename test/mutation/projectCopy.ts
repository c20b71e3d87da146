import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { projectFolder } from '../workbench/folders.ts';

const parts = ['src', 'test', 'package.json', 'tsconfig.json'];

/** The sources and tests in a temporary folder, where they may be broken. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ProjectCopy> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'asc-mutation-')));
    for (const part of parts) await cp(path.join(projectFolder, part), path.join(folder, part), { recursive: true });
    await symlink(path.join(projectFolder, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    return new ProjectCopy(folder);
  }

  /** Gives the way back. */
  async change(file: string, edits: readonly (readonly [string, string])[]): Promise<() => Promise<void>> {
    const place = path.join(this.folder, file);
    const original = await readFile(place, 'utf8');
    let text = original;
    for (const [from, to] of edits) {
      const parts = text.split(from);
      if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
      text = parts.join(to);
    }
    await writeFile(place, text);
    return () => writeFile(place, original);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
