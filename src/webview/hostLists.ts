import type { Caller, Outcome } from '../protocol/caller.ts';
import type { FormAccount, FormCalls, OwnerItem, RepositoryItem } from '../protocol/connectMessages.ts';
import { accountFor, isAccountOf, isListed, valueOf, withAccount, type FormState, type Loadable } from './formState.ts';
import type { Pause } from './pause.ts';

/** The page's one state, and what goes on with it; held by the flow. */
export interface Page {
  readonly state: FormState;
  /** The person has done something that may lead to a question for credentials. */
  readonly attended: boolean;
  change(part: Partial<FormState>): void;
  track(work: Promise<void>): void;
}

/** Account, owner, repository: each list follows from the choice above it. */
export class HostLists {
  /** What was asked last: a field that is left unchanged asks nothing again. */
  private asked = { owners: '', repositories: '' };

  constructor(
    private readonly caller: Caller<FormCalls>,
    private readonly pause: Pause,
    private readonly page: Page,
  ) {}

  /** Hears of sign-ins, in whatever window, for as long as the page is there. */
  watchAccounts(changed: () => void): void {
    void this.caller.call('accounts', null, (accounts) => {
      this.takeAccounts(accounts);
      changed();
    });
  }

  /** Lists what follows from the choices, where that is not listed already. */
  refresh(): void {
    if (!isListed(this.page.state)) return;
    const { owner } = this.page.state.input;
    if (this.ownersKey() !== this.asked.owners) this.page.track(this.listOwners());
    if (owner !== '' && this.repositoriesKey() !== this.asked.repositories) this.page.track(this.listRepositories(''));
  }

  /** What was listed below a field counts no more. */
  forgetBelow(field: 'host' | 'account' | 'owner'): void {
    this.asked = { owners: field === 'owner' ? this.asked.owners : '', repositories: '' };
    if (field !== 'owner') this.caller.cancel('listOwners');
    this.caller.cancel('listRepositories');
  }

  /** Lists again what could not be listed. */
  retry(): void {
    const { owners, repositories } = this.page.state;
    if (owners.state === 'trouble') this.asked.owners = '';
    if (repositories.state === 'trouble') this.asked.repositories = '';
    this.refresh();
  }

  /** Asks the host only for what the list that is here cannot tell. */
  search(query: string): void {
    const { input, repositories } = this.page.state;
    if (!isListed(this.page.state) || input.owner === '') return;
    const known = valueOf(repositories);
    // What was found by a part of the query may lack hits in what a row does not show.
    const isAllHere = known !== undefined && !known.more && (known.query === '' || known.query === query);
    if (!isAllHere) this.pause.run(() => this.page.track(this.listRepositories(query)));
  }

  /** What stands for the one that is listed under the name that was typed. */
  listed(field: 'owner' | 'repository'): string | undefined {
    const { input, owners, repositories } = this.page.state;
    const typed = input[field].trim().toLowerCase();
    const isTyped = ({ name }: { readonly name: string }): boolean => name.toLowerCase() === typed;
    return field === 'owner'
      ? valueOf(owners)?.items.find(isTyped)?.id
      : valueOf(repositories)?.items.find(isTyped)?.address;
  }

  /** Lets the person sign in, and goes on as whoever they are then; answers whether they did. */
  async addToken(): Promise<boolean> {
    const { host } = this.page.state.input;
    const outcome = await this.caller.call('addToken', { host });
    if (outcome.kind !== 'answer' || outcome.answer.account === '') return false;
    const { account, accounts } = outcome.answer;
    this.page.change({ accounts });
    if (this.page.state.input.host === host) this.choose(account);
    return true;
  }

  private takeAccounts(accounts: readonly FormAccount[]): void {
    this.page.change({ accounts });
    const { input } = this.page.state;
    const isGone = !isAccountOf(accounts, input);
    if (isListed(this.page.state) && (isGone || input.account === '')) this.choose(accountFor(accounts, input.host));
  }

  private choose(account: string): void {
    const { state } = this.page;
    if (state.input.account === account) return;
    this.forgetBelow('account');
    this.page.change(withAccount(state, account));
  }

  private async listOwners(): Promise<void> {
    this.asked.owners = this.ownersKey();
    const { host, account } = this.page.state.input;
    // Nobody has no organizations: there is nothing to ask for.
    if (account === '') return;
    const items: OwnerItem[] = [];
    this.page.change({ owners: { state: 'loading' } });
    const question = { host, account, interactive: this.page.attended };
    const outcome = await this.caller.call('listOwners', question, (page) => {
      items.push(...page);
      this.page.change({ owners: { state: 'loading', value: { items: [...items], more: true } } });
    });
    const loaded = loadedFrom(outcome, ({ more }) => ({ items, more }));
    if (loaded !== undefined) this.page.change({ owners: loaded });
  }

  private async listRepositories(query: string): Promise<void> {
    this.asked.repositories = this.repositoriesKey();
    const { host, account, owner } = this.page.state.input;
    const shown = valueOf(this.page.state.repositories);
    const items: RepositoryItem[] = [];
    this.page.change({ repositories: { state: 'loading', ...(shown && { value: shown }) } });
    const question = { host, account, owner, query, interactive: this.page.attended };
    const outcome = await this.caller.call('listRepositories', question, (page) => {
      items.push(...page);
      this.page.change({ repositories: { state: 'loading', value: { items: [...items], query, more: true } } });
    });
    const loaded = loadedFrom(outcome, ({ more }) => ({ items, query, more }));
    if (loaded !== undefined) this.page.change({ repositories: loaded });
  }

  private ownersKey(): string {
    const { host, account } = this.page.state.input;
    return JSON.stringify([host, account]);
  }

  private repositoriesKey(): string {
    const { host, account, owner } = this.page.state.input;
    return JSON.stringify([host, account, owner]);
  }
}

/** `undefined`: a newer question took its place. */
function loadedFrom<Answer, T>(outcome: Outcome<Answer>, value: (answer: Answer) => T): Loadable<T> | undefined {
  switch (outcome.kind) {
    case 'answer':
      return { state: 'ready', value: value(outcome.answer) };
    case 'trouble':
      return { state: 'trouble', trouble: outcome.trouble };
    case 'superseded':
      return undefined;
  }
}
