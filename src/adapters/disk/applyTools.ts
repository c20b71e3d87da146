import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { Log } from '../../ports/log.ts';
import type { DiskFs } from './diskFs.ts';
import type { OwnFolder } from './ownFolder.ts';

/** Where and with what changes are made. */
export interface ApplyTools {
  readonly fs: DiskFs;
  readonly hasher: Hasher;
  readonly log: Log;
  readonly platform: PathPlatform;
  readonly root: string;
  readonly own: OwnFolder;
  readonly modeless: boolean;
}
