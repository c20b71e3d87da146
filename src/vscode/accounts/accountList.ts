import type { Memento } from 'vscode';
import type { Account, AccountSource } from '../../ports/accounts.ts';

const listKey = 'accounts';
const sources: readonly unknown[] = ['vscode', 'token', 'oauth'] satisfies readonly AccountSource[];

/** Which session of VS Code's own an account is. */
export interface SessionKey {
  readonly provider: string;
  /** As VS Code names the account to its provider. */
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
}

export interface ListedAccount extends Account {
  /** Of source `vscode` alone. */
  readonly session?: SessionKey;
}

/** Who is signed in: what holds no secret, where every window reads it at once. */
export class AccountList {
  constructor(private readonly globalState: Pick<Memento, 'get' | 'update'>) {}

  all(): readonly ListedAccount[] {
    const stored = this.globalState.get<unknown>(listKey);
    return Array.isArray(stored) ? stored.flatMap(accountIn) : [];
  }

  find(id: string): ListedAccount | undefined {
    return this.all().find((account) => account.id === id);
  }

  /** First, in place of what it was before. */
  async put(account: ListedAccount): Promise<void> {
    await this.globalState.update(listKey, [account, ...this.all().filter(({ id }) => id !== account.id)]);
  }

  async drop(account: string): Promise<void> {
    await this.write(this.all().filter(({ id }) => id !== account));
  }

  /** Answers whether that is news. */
  async mark(account: string, isSignedOut: boolean): Promise<boolean> {
    const known = this.find(account);
    if (known === undefined || (known.state === 'signedOut') === isSignedOut) return false;
    const { state: _, ...signedIn } = known;
    const marked: ListedAccount = isSignedOut ? { ...known, state: 'signedOut' } : signedIn;
    await this.write(this.all().map((each) => (each.id === account ? marked : each)));
    return true;
  }

  async write(accounts: readonly ListedAccount[]): Promise<void> {
    await this.globalState.update(listKey, accounts);
  }
}

/** Whoever signs in again, in whatever way, is the same account. */
export function accountId({ host, origin, name }: Pick<Account, 'host' | 'origin' | 'name'>): string {
  return JSON.stringify([host, origin, name]);
}

/** The name in such an id; `undefined` for what is none. */
export function nameInId(id: string): string | undefined {
  try {
    const parts: unknown = JSON.parse(id);
    return Array.isArray(parts) && typeof parts[2] === 'string' ? parts[2] : undefined;
  } catch {
    return undefined;
  }
}

/** What was kept before there were other sources is a token; what cannot be read is nobody. */
function accountIn(stored: unknown): readonly ListedAccount[] {
  if (!hasTexts(stored, ['id', 'host', 'origin', 'name'])) return [];
  const { source } = stored as { readonly source?: unknown };
  return [{ ...stored, source: sources.includes(source) ? source : 'token' } as ListedAccount];
}

/** Whether a stored value is an object with these texts. */
export function hasTexts<Key extends string>(stored: unknown, keys: readonly Key[]): stored is Record<Key, string> {
  if (typeof stored !== 'object' || stored === null) return false;
  return keys.every((key) => typeof (stored as Record<string, unknown>)[key] === 'string');
}
