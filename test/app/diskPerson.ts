import { pathToFileURL } from 'node:url';
import { nodeFs, type DiskFs } from '../../src/adapters/disk/diskFs.ts';
import { DiskStorages } from '../../src/adapters/disk/diskStorages.ts';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { SilentLog } from '../../src/adapters/memory/silentLog.ts';
import type { PathPlatform } from '../../src/core/model/pathRules.ts';
import type { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { hasher, Person } from './person.ts';

/** A person whose workspace folder is on the disk; `fs` replaces calls to it. */
export function diskPerson(
  repository: MemoryRepository,
  folder: string,
  platform: PathPlatform = 'linux',
  fs: Partial<DiskFs> = {},
): Person {
  const me = new Person([repository], { platform });
  const tools = { hasher, clock: new FixedClock(), log: new SilentLog(), platform };
  const disk = new DiskStorages({ ...tools, fs: { ...nodeFs, ...fs } });
  me.storages.open = (...args) => disk.open(...args);
  me.workspace.folders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
  return me;
}
