import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nodeFs } from '../../../src/adapters/disk/diskFs.ts';
import type { DiskFs } from '../../../src/adapters/disk/diskFs.ts';

/**
 * A disk that, below `root`, does not tell names apart that differ in case or in their Unicode form only.
 * `decomposes`: it keeps every name in NFD, as HFS+ does.
 */
export function foldingFs(root: string, { decomposes = false } = {}): Partial<DiskFs> {
  const real = async (path: string): Promise<string> => {
    if (!path.startsWith(`${root}/`) || path.includes('.api-source-control')) return path;
    const folder = await real(dirname(path));
    const names = await readdir(folder).catch(() => []);
    const name = names.find((each) => fold(each) === fold(basename(path)));
    return join(folder, name ?? (decomposes ? basename(path).normalize('NFD') : basename(path)));
  };
  const { lstat, open, unlink, rmdir, rename, mkdir: make } = nodeFs;
  return {
    lstat: (async (path: string, options: object) => lstat(await real(path), options)) as typeof lstat,
    open: async (path, ...rest) => open(await real(String(path)), ...rest),
    readdir: (async (path: string, options: object) => readdir(await real(path), options)) as typeof readdir,
    unlink: async (path) => unlink(await real(String(path))),
    rmdir: async (path) => rmdir(await real(String(path))),
    rename: async (from, to) => rename(await real(String(from)), await real(String(to))),
    mkdir: (async (path: string, options: object) => make(await real(path), options)) as typeof make,
  };
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
