import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { HostId, RepositoryRef } from '../../core/model/repository.ts';
import type { Account } from '../../ports/accounts.ts';

/** A server where somebody is signed in. */
export interface ServerRow {
  readonly kind: 'server';
  readonly id: string;
  readonly host: HostId;
  readonly origin: string;
  readonly accounts: readonly AccountRow[];
}

export interface AccountRow {
  readonly kind: 'account';
  readonly id: string;
  readonly account: Account;
  /** Whether the host has a page with what this account has allowed. */
  readonly hasPage: boolean;
  readonly uses: readonly UseRow[];
}

/** An API that is worked on as the account above it. */
export interface UseRow {
  readonly kind: 'use';
  readonly id: string;
  readonly api: ApiKey;
  readonly name: string;
  readonly repository: string;
}

export type AccountsRow = ServerRow | AccountRow | UseRow;

export interface AccountsSources {
  readonly accounts: readonly Account[];
  readonly apis: readonly ApiNode[];
  /** Who works on a repository. */
  readonly accountOf: (repository: RepositoryRef) => Account | undefined;
  readonly page: (account: Account) => string | undefined;
}

/** The Connected Accounts view as data: by server, each account with what it is used for. */
export function accountRows(sources: AccountsSources): readonly ServerRow[] {
  const servers = new Map<string, { readonly host: HostId; readonly origin: string; readonly rows: AccountRow[] }>();
  for (const account of sources.accounts) {
    const { host, origin } = account;
    const id = JSON.stringify([host, origin]);
    const server = servers.get(id) ?? { host, origin, rows: [] };
    server.rows.push(accountRow(account, sources));
    servers.set(id, server);
  }
  return [...servers].map(([id, { rows, ...server }]) => ({ kind: 'server', id, ...server, accounts: rows }));
}

/** Of the connected APIs those that work as the account. */
export function usesOf(
  account: Account,
  { apis, accountOf }: Pick<AccountsSources, 'apis' | 'accountOf'>,
): readonly UseRow[] {
  return apis.flatMap((node): readonly UseRow[] => {
    const repository = node.api.connection?.repository;
    if (node.state !== 'connected' || repository === undefined) return [];
    if (accountOf(repository)?.id !== account.id) return [];
    const shown = node.sync?.repositoryName ?? repository.name;
    const id = JSON.stringify([account.id, node.key]);
    return [{ kind: 'use', id, api: node.key, name: node.api.name, repository: shown }];
  });
}

function accountRow(account: Account, sources: AccountsSources): AccountRow {
  return {
    kind: 'account',
    id: account.id,
    account,
    hasPage: sources.page(account) !== undefined,
    uses: usesOf(account, sources),
  };
}

/** Words that the when-clauses of `view/item/context` look for; package.json and a test know them too. */
export function accountContextValue(row: AccountsRow): string {
  if (row.kind !== 'account') return row.kind;
  const words = ['account', row.account.state ?? 'signedIn', row.hasPage ? 'page' : ''];
  return words.filter((word) => word !== '').join(' ');
}
