import { randomUUID } from 'node:crypto';
import { DiskStorages } from '../../adapters/disk/diskStorages.ts';
import { MemoryAccounts } from '../../adapters/memory/memoryAccounts.ts';
import { SilentLog } from '../../adapters/memory/silentLog.ts';
import { ApiStore } from '../../app/apiStore.ts';
import { createEngine } from '../../app/createEngine.ts';
import type { UseCases } from '../../app/useCases.ts';
import { Emitter } from '../../core/events.ts';
import { HostCatalogue } from '../../hosts/catalogue.ts';
import { cloudEntries } from '../../hosts/cloudEntries.ts';
import type { HostSettings } from '../../platform/hostSettings.ts';
import type { Ask } from '../../ports/ask.ts';
import type { Timer } from '../../ports/timer.ts';
import {
  cloneVerbs,
  createHasher,
  gitWriter,
  pathPlatform,
  platformHosts,
  readsAnyServer,
  workspaceClones,
} from '#platform';
import type { OpenFolder } from '../openFolder.ts';
import type { Shell } from '../shell.ts';
import { recoveredText } from '../texts/progressText.ts';
import { cacheFolder } from './cacheFolder.ts';
import { ConnectedHere, findCheckouts, type FoundCheckout } from './connectedHere.ts';
import { signInFromEnvironment } from './environmentAccount.ts';

/** The engine of the editor, on a plain disk and with nobody to ask. */
export interface OpenEngine {
  readonly useCases: UseCases;
  readonly store: ApiStore;
  /** Of the APIs that are connected on this computer. */
  readonly checkouts: readonly FoundCheckout[];
}

const timer: Timer = {
  after(milliseconds, work) {
    const due = setTimeout(work, milliseconds);
    return { dispose: () => clearTimeout(due) };
  },
};

/** @throws Refusal for a token without a server to send it to. */
export async function openEngine(folder: OpenFolder, shell: Shell, ask: Ask): Promise<OpenEngine> {
  const hasher = createHasher();
  const clock = { now: () => Date.now() };
  const log = new SilentLog();
  const platform = pathPlatform();
  const settings: HostSettings = {
    storage: cacheFolder(shell.env, process.platform),
    programs: shell.programs,
    gitPath: () => undefined,
    credentials: { ask: () => Promise.resolve(undefined) },
    hasher,
    log,
  };
  const http = { fetch: globalThis.fetch, clock, timer, log, hasher, random: () => Math.random() };
  const cloud = cloudEntries(http, { openGitWriter: gitWriter(settings), readsAnyServer });
  const accounts = new MemoryAccounts();
  const hosts = new HostCatalogue([...platformHosts(settings), ...cloud], accounts);
  await signInFromEnvironment(shell.env, hosts, accounts, folder.file.apis);
  const storages = new DiskStorages({ hasher, clock, log, platform });
  const checkouts = await findCheckouts(folder, storages);
  const store = new ApiStore();
  const clones = workspaceClones(settings, { hasher, clock, log });
  const { useCases, start } = createEngine({
    workspace: folder.workspace,
    personal: new ConnectedHere(folder.uri, checkouts),
    storages,
    // Nothing is open here, and what an editor has not saved is not on the disk.
    editors: { unsaved: () => [], save: () => Promise.resolve() },
    ask,
    tell: { tell: (news) => shell.err(recoveredText(news)) },
    hosts,
    accounts,
    hasher,
    clock,
    timer,
    log,
    ids: { next: () => randomUUID() },
    store,
    platform,
    ...(clones &&
      cloneVerbs && {
        clones: {
          places: clones,
          // Nobody watches here.
          open: { roots: [], onDidChange: new Emitter<string>().event },
          verbs: cloneVerbs,
        },
      }),
  });
  await start();
  return { useCases, store, checkouts };
}
