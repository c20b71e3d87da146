import type { Credentials } from '../ports/credentials.ts';
import type { Hasher } from '../ports/hasher.ts';
import type { Log } from '../ports/log.ts';

/** What hosts that only one platform has need from the outside. */
export interface HostSettings {
  /** A folder on disk of ours alone, kept between sessions. */
  readonly storage: string;
  /** The extension's `dist` folder of this platform, for programs that are started from it. */
  readonly programs: string;
  /** The setting `git.path`, read at each use. */
  readonly gitPath: () => string | undefined;
  readonly credentials: Credentials;
  readonly hasher: Hasher;
  readonly log: Log;
}
