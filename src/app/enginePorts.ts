import type { PathPlatform } from '../core/model/pathRules.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Ask } from '../ports/ask.ts';
import type { CheckoutStorages } from '../ports/checkoutStorage.ts';
import type { Clock } from '../ports/clock.ts';
import type { Editors } from '../ports/editors.ts';
import type { Hasher } from '../ports/hasher.ts';
import type { Hosts } from '../ports/hosts.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { OpenClones } from '../ports/openClones.ts';
import type { Personal } from '../ports/personal.ts';
import type { Tell } from '../ports/tell.ts';
import type { Timer } from '../ports/timer.ts';
import type { Workspace } from '../ports/workspace.ts';
import type { WorkspaceClones } from '../ports/workspaceClone.ts';
import type { ApiStore } from './apiStore.ts';
import type { CloneVerbParts, CloneVerbs } from './clone/cloneVerbs.ts';

/** The clones of this computer, and how what works in them is loaded when the first one is. */
export interface Clones {
  readonly places: WorkspaceClones;
  readonly open: OpenClones;
  readonly verbs: (parts: CloneVerbParts) => Promise<CloneVerbs>;
}

/** Everything outside that the engine needs. */
export interface EnginePorts {
  readonly workspace: Workspace;
  readonly personal: Personal;
  readonly storages: CheckoutStorages;
  readonly editors: Editors;
  readonly ask: Ask;
  readonly tell: Tell;
  readonly hosts: Hosts;
  readonly accounts: Accounts;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly ids: Ids;
  readonly store: ApiStore;
  readonly platform: PathPlatform;
  /** Absent where there is no Git to run. */
  readonly clones?: Clones;
}
