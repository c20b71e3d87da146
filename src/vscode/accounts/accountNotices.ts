import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { HostId, RepositoryRef } from '../../core/model/repository.ts';
import type { Account } from '../../ports/accounts.ts';
import type { HostDescription } from '../../ports/hosts.ts';

/** What the view says of sign-ins, quietly and once for all the APIs that it is about. */
export type AccountNotice = {
  /** The same for as long as it says the same. */
  readonly id: string;
  /** The first API that it is about. */
  readonly api: ApiKey;
} & (
  | { readonly kind: 'signedOut'; readonly account: Account }
  /** There are APIs at a server where nobody is signed in, or not whoever was chosen for them: `absent`. */
  | { readonly kind: 'contribute'; readonly host: HostId; readonly origin: string; readonly absent?: string }
);

export interface NoticeSources {
  readonly apis: readonly ApiNode[];
  readonly hosts: readonly Pick<HostDescription, 'id' | 'token'>[];
  /** Who works on a repository. */
  readonly accountOf: (repository: RepositoryRef) => Account | undefined;
  /** Who was chosen to and is signed out. */
  readonly absentAccount: (repository: RepositoryRef) => string | undefined;
  readonly isDeclined: (key: string) => boolean;
}

/** Under this key a person's "not now" to a sign-in is remembered. */
export function declineKey({ host, origin }: Pick<RepositoryRef, 'host' | 'origin'>): string {
  return JSON.stringify(['signIn', host, origin]);
}

export function accountNotices(sources: NoticeSources): readonly AccountNotice[] {
  const notices = new Map<string, AccountNotice>();
  for (const node of sources.apis) {
    const notice = noticeOf(node, sources);
    if (notice !== undefined && !notices.has(notice.id)) notices.set(notice.id, notice);
  }
  return [...notices.values()];
}

function noticeOf({ key, api, state }: ApiNode, sources: NoticeSources): AccountNotice | undefined {
  const repository = api.connection?.repository;
  if (repository === undefined) return undefined;
  const { host, origin } = repository;
  const account = sources.accountOf(repository);
  // What is not approved is asked nothing, so that nobody is missing there.
  if (account?.state === 'signedOut' && state === 'connected') {
    return { kind: 'signedOut', id: `signedOut ${account.id}`, api: key, account };
  }
  const signsIn = sources.hosts.some(({ id, token }) => id === host && token !== undefined);
  if (!signsIn || account !== undefined || sources.isDeclined(declineKey(repository))) return undefined;
  const absent = sources.absentAccount(repository);
  const id = ['contribute', host, origin, ...(absent === undefined ? [] : [absent])].join(' ');
  return { kind: 'contribute', id, api: key, host, origin, ...(absent === undefined ? {} : { absent }) };
}
