import { createHash } from 'node:crypto';
import { SecretFinder } from './findSecrets.ts';
import { addToTally } from './scanTally.ts';
import type { ScanCounts } from './scanTally.ts';
import type { Written } from './written.ts';

/** What must not have been written was. */
export class SecretsFound extends Error {
  constructor(readonly findings: readonly string[]) {
    super(`Secrets were written where they must not be:\n${findings.join('\n')}`);
  }
}

/** One look through everything that a run wrote. */
export class SecretScan {
  readonly #finder: SecretFinder;
  readonly #secrets: ReadonlySet<string>;
  readonly #counts = { files: 0, messages: 0, processes: 0 };
  readonly #findings = new Set<string>();

  constructor(secrets: readonly string[]) {
    this.#secrets = new Set(secrets);
    this.#finder = new SecretFinder(secrets);
  }

  get findings(): readonly string[] {
    return [...this.#findings];
  }

  lookAt(kind: keyof ScanCounts, written: Iterable<Written>): void {
    for (const each of written) {
      this.#counts[kind]++;
      for (const finding of this.#finder.find(each)) this.#findings.add(finding);
    }
  }

  /**
   * Counts it towards the suite's line.
   *
   * @throws SecretsFound
   */
  end(): void {
    const secrets = [...this.#secrets].map((secret) => createHash('sha256').update(secret).digest('hex'));
    addToTally({ ...this.#counts, findings: this.#findings.size, secrets });
    if (this.#findings.size > 0) throw new SecretsFound(this.findings);
  }
}
