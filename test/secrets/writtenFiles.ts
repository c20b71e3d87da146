import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Written } from './written.ts';

/**
 * Every file below a folder; of Git's repositories also what is in their objects, which are compressed. An object that
 * many of them have is one.
 */
export function* writtenFiles(folder: string): Generator<Written> {
  const repositories = new Set<string>();
  const objects = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const where = path.join(entry.parentPath, entry.name);
    const object = looseObject(where);
    if (object !== undefined && objects.has(object)) continue;
    const bytes = bytesOf(where);
    if (bytes === undefined) continue;
    yield { where, text: (object === undefined ? bytes : inflateSync(bytes)).toString('latin1') };
    if (object !== undefined) objects.add(object);
    if (entry.name.endsWith('.pack')) repositories.add(path.resolve(where, '../../..'));
  }
  for (const repository of repositories) {
    yield { where: `packs of ${repository}`, text: objectsOf(repository).toString('latin1') };
  }
}

/** `undefined`: it is gone meanwhile, as temporary files of running programs go. */
function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Its id; `undefined`: it is another file. */
function looseObject(file: string): string | undefined {
  const [, folder, name] = /[\\/]objects[\\/]([0-9a-f]{2})[\\/]([0-9a-f]{38,})$/.exec(file) ?? [];
  return folder === undefined ? undefined : `${folder}${name ?? ''}`;
}

function objectsOf(repository: string): Buffer {
  return execFileSync('git', ['cat-file', '--batch', '--batch-all-objects', '--unordered'], {
    cwd: repository,
    // Only what is here: a mirror would get the rest from a host that has gone.
    env: { ...process.env, GIT_DIR: repository, GIT_NO_LAZY_FETCH: '1', GIT_CONFIG_NOSYSTEM: '1' },
    maxBuffer: 512 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
