import type { Memento } from 'vscode';
import type { Personal, RecentRepository, RepositoryKey } from '../ports/personal.ts';

const approvalsKey = 'approvals';
const recentKey = 'recentRepositories';
const bindingsKey = 'accountsOfRepositories';
const declinedKey = 'declined';
const mostRecent = 20;

/** Kept by VS Code for the person, outside of every folder, so that no repository can approve itself. */
export class PersonalAdapter implements Personal {
  constructor(private readonly globalState: Memento) {}

  isApproved(key: string): boolean {
    return this.strings(approvalsKey).includes(key);
  }

  async approve(key: string): Promise<void> {
    if (!this.isApproved(key)) await this.globalState.update(approvalsKey, [...this.strings(approvalsKey), key]);
  }

  async revoke(key: string): Promise<void> {
    const kept = this.strings(approvalsKey).filter((each) => each !== key);
    await this.globalState.update(approvalsKey, kept);
  }

  get recentRepositories(): readonly RecentRepository[] {
    return this.list(recentKey).filter((stored) =>
      hasTexts(stored, ['host', 'address']),
    ) as readonly RecentRepository[];
  }

  async rememberRepository({ host, address }: RecentRepository): Promise<void> {
    const others = this.recentRepositories.filter((each) => each.host !== host || each.address !== address);
    await this.globalState.update(recentKey, [{ host, address }, ...others].slice(0, mostRecent));
  }

  accountOf(repository: RepositoryKey): string | undefined {
    return this.bindings.find(({ repository: bound }) => bound === nameOf(repository))?.account;
  }

  async bindAccount(repository: RepositoryKey, account: string | undefined): Promise<void> {
    const name = nameOf(repository);
    const others = this.bindings.filter((each) => each.repository !== name);
    const bindings = account === undefined ? others : [...others, { repository: name, account }];
    await this.globalState.update(bindingsKey, bindings);
  }

  isDeclined(key: string): boolean {
    return this.strings(declinedKey).includes(key);
  }

  async decline(key: string): Promise<void> {
    if (!this.isDeclined(key)) await this.globalState.update(declinedKey, [...this.strings(declinedKey), key]);
  }

  private get bindings(): readonly Binding[] {
    return this.list(bindingsKey).filter((stored) => hasTexts(stored, ['repository', 'account']));
  }

  private strings(key: string): readonly string[] {
    return this.list(key).filter((each): each is string => typeof each === 'string');
  }

  /** Read anew each time: another window may have written. */
  private list(key: string): readonly unknown[] {
    const stored = this.globalState.get<unknown>(key);
    return Array.isArray(stored) ? stored : [];
  }
}

interface Binding {
  readonly repository: string;
  readonly account: string;
}

function nameOf({ host, origin, id }: RepositoryKey): string {
  return JSON.stringify([host, origin, id]);
}

function hasTexts<Key extends string>(stored: unknown, keys: readonly Key[]): stored is Record<Key, string> {
  if (typeof stored !== 'object' || stored === null) return false;
  return keys.every((key) => typeof (stored as Record<string, unknown>)[key] === 'string');
}
