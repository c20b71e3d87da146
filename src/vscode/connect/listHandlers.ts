import { l10n } from 'vscode';
import type { AskedServer } from '../../app/connectRequest.ts';
import { Failure } from '../../core/errors.ts';
import type { Owner } from '../../ports/repositoryHost.ts';
import type { FormAccount, FormCalls } from '../../protocol/connectMessages.ts';
import type { Circumstances, Handlers } from '../../protocol/responder.ts';
import { accountName } from '../accounts/accountNames.ts';
import type { ConnectServices } from './connectServices.ts';
import type { FormPlace } from './formPlace.ts';
import { inPlaceContext } from './inPlaceContext.ts';
import { lockedText, repositoryNote } from './listTexts.ts';

/** More names than this are searched for, not scrolled through. */
const mostListed = 500;

type ListHandlers = Pick<Handlers<FormCalls>, 'accounts' | 'addToken' | 'listOwners' | 'listRepositories'>;

/** Answers what leads to a repository: accounts, owners, repositories. `place`: where a question goes. */
export function listHandlers(
  services: ConnectServices,
  place: (host: string, account: string) => FormPlace,
): ListHandlers {
  const { useCases, accounts, signIn } = services;
  /** As they were told last, with all that the form need not know of them. */
  let owners: ReadonlyMap<string, Owner> = new Map();

  return {
    accounts: (_question, { signal, part }) =>
      new Promise((resolve) => {
        const subscription = accounts.onDidChange(() => part(formAccounts(services)));
        const end = (): void => {
          subscription.dispose();
          resolve(null);
        };
        signal.addEventListener('abort', end, { once: true });
      }),

    async addToken({ host }) {
      const account = await signIn({ host: place(host, '').host });
      return { account: account?.id ?? '', accounts: formAccounts(services) };
    },

    async listOwners({ host, account, interactive }, { signal, part }) {
      const server = whereLists(place(host, account));
      const told = new Map<string, Owner>();
      owners = told;
      const pages = useCases.listOwners(server, inPlaceContext(signal, interactive));
      return tellPages(pages, part, (owner) => {
        told.set(owner.id, owner);
        return { id: owner.id, name: owner.name, locked: lockedText(owner) };
      });
    },

    async listRepositories({ host, account, owner, query, interactive }, { signal, part }) {
      const server = whereLists(place(host, account));
      const chosen = owners.get(owner) ?? { id: owner.trim(), name: owner.trim() };
      const context = inPlaceContext(signal, interactive);
      const pages = useCases.listRepositories(server, chosen, query.trim(), context);
      return tellPages(pages, part, (repository) => ({
        name: repository.name,
        address: repository.address,
        note: repositoryNote(repository),
      }));
    },
  };
}

/** Everybody who is signed in, so that the person sees and chooses who it is of several. */
export function formAccounts({ useCases, hosts }: Pick<ConnectServices, 'useCases' | 'hosts'>): readonly FormAccount[] {
  return useCases.accounts().map((account) => ({
    id: account.id,
    host: account.host,
    label: accountName(account),
    note: account.state === 'signedOut' ? l10n.t('signed out') : '',
    onDefaultServer: hosts.descriptions.some(
      ({ id, defaultOrigin }) => id === account.host && defaultOrigin === account.origin,
    ),
  }));
}

function whereLists({ origin, ...place }: FormPlace): AskedServer {
  if (origin === undefined) throw new Failure('signInNeeded');
  return { ...place, origin };
}

async function tellPages<T, Item>(
  pages: AsyncIterable<readonly T[]>,
  part: Circumstances<readonly Item[]>['part'],
  itemOf: (one: T) => Item,
): Promise<{ readonly more: boolean }> {
  let count = 0;
  for await (const page of pages) {
    part(page.map(itemOf));
    count += page.length;
    if (count >= mostListed) return { more: true };
  }
  return { more: false };
}
