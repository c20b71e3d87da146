import type { SecretStorage } from 'vscode';

export const secretPrefix = 'account:';

/** What one account's secret is, as JSON; `undefined` for what another version of ours may have written. */
export class SecretRecords {
  constructor(private readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>) {}

  async read(account: string): Promise<unknown> {
    const text = await this.secrets.get(secretPrefix + account);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }

  async write(account: string, record: object): Promise<void> {
    await this.secrets.store(secretPrefix + account, JSON.stringify(record));
  }

  async forget(account: string): Promise<void> {
    await this.secrets.delete(secretPrefix + account);
  }
}
