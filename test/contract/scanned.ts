import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { KnownSecrets } from '../secrets/knownSecrets.ts';
import { ProcessRecord } from '../secrets/processRecord.ts';
import { SecretScan } from '../secrets/secretScan.ts';
import { writtenAt } from '../secrets/written.ts';
import { writtenFiles } from '../secrets/writtenFiles.ts';
import type { GitSandbox } from '../forge/git/gitCommand.ts';
import type { Forge } from '../forge/http/forge.ts';
import type { ListedLog } from './listedLog.ts';

/**
 * Looks through what adapters said and asked for.
 *
 * @throws SecretsFound
 */
export function scanTalk(forge: Forge, log: ListedLog): void {
  const scan = new SecretScan(forge.tokens);
  lookAtTalk(scan, forge, log);
  scan.end();
}

/** A sandbox in which adapters work with Git: nothing secret is in its files, its processes and what is said. */
export class ScannedSandbox {
  readonly secrets = new KnownSecrets();
  readonly #processes: ProcessRecord;
  readonly #leave: () => void;
  readonly #own = new Set<string>();

  constructor(private readonly sandbox: GitSandbox) {
    const folder = `${sandbox.folder}-processes`;
    mkdirSync(folder);
    this.#processes = new ProcessRecord(folder);
    appendFileSync(sandbox.path('home', '.gitconfig'), this.#processes.gitConfig);
    Object.assign(sandbox.environment, this.#processes.environment);
    this.#leave = sandbox.enter();
  }

  /** A file that a test wrote itself, whatever is in it. */
  leaveOut(file: string): void {
    this.#own.add(file);
  }

  /**
   * Looks through everything, and removes it.
   *
   * @throws SecretsFound
   */
  close(log: ListedLog, forge?: Forge): void {
    try {
      const secrets = [...this.secrets.all(), ...(forge?.tokens ?? [])];
      // Where nothing secret ever was, there is nothing to look for.
      if (secrets.length > 0) this.#scan(new SecretScan(secrets), log, forge);
    } finally {
      this.#leave();
      this.sandbox.remove();
      rmSync(this.#processes.folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  #scan(scan: SecretScan, log: ListedLog, forge: Forge | undefined): void {
    lookAtTalk(scan, forge, log);
    scan.lookAt('processes', this.#processes.read());
    const files = writtenFiles(this.sandbox.folder);
    scan.lookAt(
      'files',
      [...files].filter(({ where }) => !this.#own.has(where)),
    );
    scan.end();
  }
}

function lookAtTalk(scan: SecretScan, forge: Forge | undefined, log: ListedLog): void {
  const lines = log.lines.map(({ message }) => message);
  const addresses = (forge?.requests ?? []).map(({ path }) => path);
  scan.lookAt('messages', [...writtenAt('log', lines), ...writtenAt('address of a request', addresses)]);
}
