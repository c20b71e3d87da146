import type { Caller, Outcome } from '../protocol/caller.ts';
import type { BranchItem, FieldNote, FormCalls, FormField, FormSetup } from '../protocol/connectMessages.ts';
import type { Pause } from './pause.ts';
import { HostLists, type Page } from './hostLists.ts';
import {
  emptyBelow,
  firstWrongField,
  forgetRepository,
  idle,
  initialState,
  isListed,
  isMissing,
  missingFields,
  propose,
  valueOf,
  withAccount,
  type FormState,
  type Loadable,
} from './formState.ts';

/** Leaving one of these starts to look, which may lead to a question for credentials. */
const opening: ReadonlySet<FormField> = new Set(['host', 'account', 'owner']);

/** Where the flow shows itself. */
export interface FlowView {
  changed(state: FormState): void;
  focus(field: FormField): void;
}

/**
 * What follows from what: a repository gives branches, a branch gives files, all together give the preview.
 * Holds the page's one state; knows no DOM.
 */
export class ConnectFlow implements Page {
  private current: FormState;
  private hasAttended = false;
  /** What was asked last: a field that is left unchanged asks nothing again. */
  private asked = { repository: '', branch: '', preview: '' };
  private readonly underWay = new Set<Promise<void>>();
  private readonly lists: HostLists;

  constructor(
    private readonly caller: Caller<FormCalls>,
    private readonly view: FlowView,
    private readonly pause: Pause,
    setup: FormSetup,
    kept: Pick<FormState, 'input' | 'touched'> | undefined,
  ) {
    this.current = initialState(setup, kept);
    this.lists = new HostLists(caller, pause, this);
  }

  get state(): FormState {
    return this.current;
  }

  get attended(): boolean {
    return this.hasAttended;
  }

  /** First paint; a kept draft looks up its repository quietly. */
  start(): void {
    this.change({});
    this.lists.watchAccounts(() => this.accountsChanged());
    void this.watchTrust();
    this.lists.refresh();
    if (this.current.input.repository !== '') this.track(this.lookUp());
  }

  /** The person types or chooses; nothing is asked yet. */
  type(field: FormField, value: string): void {
    const { input, touched, notes } = this.current;
    if (input[field] === value) return;
    this.change({
      input: { ...input, [field]: value },
      touched: new Set([...touched, field]),
      notes: notes.filter((note) => note.field !== field),
      submission: idle,
    });
    if (field === 'host' || field === 'account' || field === 'owner') this.chooseAbove(field);
    if (field === 'repository') {
      this.forgetChoice();
      this.lists.search(value);
    }
    if (field === 'branch') this.searchBranches(value);
  }

  /** The person is done with the field: what depends on it is asked for. */
  leave(field: FormField): void {
    if (field === 'repository' || (isListed(this.current) && opening.has(field))) this.hasAttended = true;
    if (field === 'repository' || field === 'owner') this.adoptListed(field);
    if (field === 'rootFile') this.followRoot();
    this.lists.refresh();
    const { repository, input } = this.current;
    if (this.repositoryKey() !== this.asked.repository) this.track(this.lookUp());
    else if (repository.state !== 'ready') return;
    else if (input.branch !== this.asked.branch) this.track(this.readBranch());
    else if (JSON.stringify(input) !== this.asked.preview) this.track(this.refreshPreview());
  }

  /** Asks again for what went wrong, from the first that did. */
  retry(): void {
    this.hasAttended = true;
    this.lists.retry();
    const { repository, branches, contents, preview, submission } = this.current;
    if (submission.state === 'trouble') this.submit();
    else if (repository.state === 'trouble') this.track(this.lookUp());
    else if (branches.state === 'trouble') this.track(this.fillLists());
    else if (contents.state === 'trouble') this.track(this.readBranch());
    else if (preview.state === 'trouble') this.track(this.refreshPreview());
  }

  takeProposal(): void {
    const proposal = valueOf(this.current.preview)?.proposal;
    if (proposal === undefined) return;
    this.type('collectionFolder', proposal.collectionFolder);
    this.track(this.refreshPreview());
  }

  act(action: string): void {
    if (action === 'retry') this.retry();
    else if (action === 'addToken') this.track(this.addToken());
    else void this.caller.call('act', { action });
  }

  submit(): void {
    if (this.current.submission.state === 'running') return;
    this.hasAttended = true;
    this.adoptListed('repository');
    const { repository, input } = this.current;
    const unseen = this.repositoryKey() !== this.asked.repository || repository.state === 'trouble';
    // Nobody has seen yet what this repository would bring; the next Enter connects.
    if (input.repository.trim() !== '' && unseen) this.track(this.lookUp());
    else this.track(this.connect([...this.underWay]));
  }

  /** Until nothing is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** The first field that waits for the person. */
  get firstField(): FormField {
    const { input } = this.current;
    if (!isListed(this.current)) return 'repository';
    return (['account', 'owner'] as const).find((field) => input[field] === '') ?? 'repository';
  }

  private async addToken(): Promise<void> {
    this.hasAttended = true;
    if (!(await this.lists.addToken())) return;
    this.lists.refresh();
    this.retry();
    this.view.focus(this.firstField);
  }

  /** What failed for lack of an account is tried again by itself. */
  private accountsChanged(): void {
    if (!isListed(this.current)) return;
    this.lists.refresh();
    if (this.current.submission.state !== 'trouble') this.retry();
  }

  /** What was refused in a folder that is trusted by now is asked for again; to connect is for the person. */
  private async watchTrust(): Promise<void> {
    const outcome = await this.caller.call('trusted', null);
    if (outcome.kind !== 'answer') return;
    this.change({ submission: idle });
    this.retry();
    if (this.current.preview.state === 'idle') this.track(this.refreshPreview());
  }

  /** What was chosen below goes. */
  private chooseAbove(field: 'host' | 'account' | 'owner'): void {
    if (field === 'host' || isListed(this.current)) {
      this.lists.forgetBelow(field);
      this.current = emptyBelow(this.current, field);
    }
    this.forgetChoice();
  }

  private forgetChoice(): void {
    this.current = forgetRepository(this.current);
    this.dropRepository();
  }

  /** A name that is in the list means the one in the list. */
  private adoptListed(field: 'owner' | 'repository'): void {
    const listed = isListed(this.current) ? this.lists.listed(field) : undefined;
    if (listed !== undefined) this.type(field, listed);
  }

  private async connect(before: readonly Promise<void>[]): Promise<void> {
    const { preview } = this.current;
    this.change({
      submission: { state: 'running', step: this.current.setup.strings.connecting },
      // What kept it from being previewed would be told twice.
      preview: preview.state === 'trouble' ? idle : preview,
    });
    await Promise.all(before);
    if (this.refuse(missingFields(this.current))) {
      this.change({ submission: idle });
      return;
    }
    this.caller.cancel('preview');
    const outcome = await this.caller.call('connect', { input: this.current.input }, (step) =>
      this.change({ submission: { state: 'running', step } }),
    );
    if (outcome.kind === 'trouble') this.change({ submission: { state: 'trouble', trouble: outcome.trouble } });
    if (outcome.kind !== 'answer') return;
    this.change({ submission: idle });
    this.refuse(outcome.answer);
  }

  private refuse(notes: readonly FieldNote[]): boolean {
    this.change({ notes });
    const field = firstWrongField(notes);
    if (field !== undefined) this.view.focus(field);
    return field !== undefined;
  }

  private async lookUp(): Promise<void> {
    this.dropRepository();
    this.asked.repository = this.repositoryKey();
    const { workspaceFolder, repository } = this.current.input;
    if (repository.trim() === '') return;
    this.change({ repository: { state: 'loading' } });
    const outcome = await this.caller.call('findRepository', { ...this.place(), workspaceFolder });
    if (!this.settle('repository', outcome)) return;
    const { suggestedName, account, defaultBranch, suggestedFolder } = outcome.answer;
    this.tellAccount(account);
    this.current = propose(this.current, {
      name: suggestedName,
      branch: defaultBranch,
      rootFile: '',
      localFolder: suggestedFolder,
    });
    await this.fillLists();
  }

  /** An address may lead to another server than the one that was chosen: then others are asked. */
  private tellAccount(account: string): void {
    if (!isListed(this.current) || this.current.input.account === account) return;
    this.lists.forgetBelow('account');
    this.change(withAccount(this.current, account));
    this.asked.repository = this.repositoryKey();
    this.lists.refresh();
  }

  /** What was found belongs to another address now. */
  private dropRepository(): void {
    for (const kind of ['findRepository', 'listBranches', 'branchContents', 'preview'] as const)
      this.caller.cancel(kind);
    this.asked = { repository: '', branch: '', preview: '' };
    this.change({ repository: idle, branches: idle, contents: idle, preview: idle });
  }

  private async fillLists(): Promise<void> {
    if (valueOf(this.current.repository)?.empty === true) {
      const { defaultCollectionFolder } = this.current.setup;
      const nothing = { roots: [], collectionFolders: [defaultCollectionFolder], defaultCollectionFolderExists: false };
      this.change({
        branches: { state: 'ready', value: { items: [], more: false } },
        contents: { state: 'ready', value: { ...nothing, problems: [] } },
      });
      await this.refreshPreview();
      return;
    }
    await Promise.all([this.listBranches(''), this.readBranch()]);
  }

  private async listBranches(query: string): Promise<void> {
    const shown = valueOf(this.current.branches);
    const items: BranchItem[] = [];
    this.change({ branches: { state: 'loading', ...(shown && { value: shown }) } });
    const outcome = await this.caller.call('listBranches', { ...this.place(), query }, (page) => {
      items.push(...page);
      this.change({ branches: { state: 'loading', value: { items: [...items], more: true } } });
    });
    if (outcome.kind === 'answer') {
      this.change({ branches: { state: 'ready', value: { items, more: outcome.answer.more } } });
    } else if (outcome.kind === 'trouble') {
      this.change({ branches: { state: 'trouble', trouble: outcome.trouble } });
    }
  }

  /** Asks the host only where the list that is here is not all of it. */
  private searchBranches(query: string): void {
    if (valueOf(this.current.branches)?.more !== true) return;
    this.pause.run(() => this.track(this.listBranches(query)));
  }

  private async readBranch(): Promise<void> {
    const { branch } = this.current.input;
    this.asked.branch = branch;
    const repository = valueOf(this.current.repository);
    if (repository === undefined || repository.empty || branch.trim() === '') return this.refreshPreview();
    this.change({ contents: { state: 'loading' }, preview: idle });
    const { workspaceFolder } = this.current.input;
    const outcome = await this.caller.call('branchContents', { ...this.place(), workspaceFolder, branch });
    if (!this.settle('contents', outcome)) return;
    const { roots, problems } = outcome.answer;
    if (problems.length > 0) {
      this.change({ contents: idle, notes: problems });
      return;
    }
    this.current = propose(this.current, { rootFile: roots[0]?.path ?? '' });
    this.followRoot();
    await this.refreshPreview();
  }

  /** What is proposed goes with the root file, until the person fills it. */
  private followRoot(): void {
    const { contents, repository, input } = this.current;
    const found = valueOf(repository);
    if (contents.state !== 'ready' || found === undefined) return;
    const root = contents.value.roots.find(({ path }) => path === input.rootFile.trim());
    const { target, defaultCollectionFolder } = this.current.setup;
    const proposed = {
      name: root?.name ?? found.suggestedName,
      collectionFolder: root?.collectionFolder ?? target?.collectionFolder ?? defaultCollectionFolder,
    };
    this.change(propose(this.current, proposed));
  }

  private async refreshPreview(): Promise<void> {
    const { repository, contents, input } = this.current;
    if (repository.state !== 'ready' || contents.state !== 'ready' || input.branch.trim() === '') {
      this.change({ preview: idle });
      return;
    }
    this.asked.preview = JSON.stringify(input);
    const shown = valueOf(this.current.preview);
    this.change({ preview: { state: 'loading', ...(shown && { value: shown }) } });
    const outcome = await this.caller.call('preview', { input, interactive: this.attended });
    if (!this.settle('preview', outcome)) return;
    this.change({ notes: outcome.answer.problems.filter(({ field }) => !isMissing(this.current, field)) });
  }

  private settle<Key extends 'repository' | 'contents' | 'preview', T>(
    key: Key,
    outcome: Outcome<T>,
  ): outcome is Extract<Outcome<T>, { kind: 'answer' }> {
    if (outcome.kind === 'superseded') return false;
    const loaded: Loadable<T> =
      outcome.kind === 'answer'
        ? { state: 'ready', value: outcome.answer }
        : { state: 'trouble', trouble: outcome.trouble };
    this.change({ [key]: loaded });
    return outcome.kind === 'answer';
  }

  private place() {
    const { host, account, repository } = this.current.input;
    return { host, account, address: repository.trim(), interactive: this.attended };
  }

  private repositoryKey(): string {
    const { workspaceFolder, host, account, repository } = this.current.input;
    return JSON.stringify([workspaceFolder, host, account, repository.trim()]);
  }

  track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  change(part: Partial<FormState>): void {
    this.current = { ...this.current, ...part };
    this.view.changed(this.current);
  }
}
