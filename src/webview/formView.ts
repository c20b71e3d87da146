import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FormField } from '../protocol/connectMessages.ts';
import type { ComboboxOption } from './comboboxOptions.ts';
import { describedBy, fieldView, inputId, loadingView, troubleView, type FieldFrame } from './fieldView.ts';
import { fillIn } from './fillIn.ts';
import { hostOf, isListed, noteOf, valueOf, type FormState, type Loadable } from './formState.ts';
import { previewView } from './previewView.ts';

/** What the page lets the person do. */
export interface FormActions {
  readonly type: (field: FormField, value: string) => void;
  readonly leave: (field: FormField) => void;
  readonly act: (action: string) => void;
  readonly takeProposal: () => void;
  readonly submit: () => void;
}

/** The whole page, from the one state. */
export function formView(state: FormState, actions: FormActions): TemplateResult {
  const { strings, target, workspaceFolders } = state.setup;
  const fields = new Fields(state, actions);
  return html`
    <main>
      <header>
        <h1>${target === undefined ? strings.title : fillIn(strings.titleOf, target.name)}</h1>
        <p>${strings.intro}</p>
      </header>
      <form novalidate @submit=${submitting(actions)} @keydown=${submittingOnEnter}>
        ${target === undefined ? fields.name() : nothing} ${fields.host()}
        ${isListed(state) ? [fields.account(), fields.owner()] : nothing} ${fields.repository()} ${fields.branch()}
        ${fields.rootFile()} ${fields.collectionFolder()}
        ${workspaceFolders.length > 1 && target === undefined ? fields.workspaceFolder() : nothing}
        ${fields.localFolder()} ${previewView(state, actions)} ${submissionView(state, actions)}
      </form>
    </main>
  `;
}

/** Each field of the page, with its list and what it says. */
class Fields {
  constructor(
    private readonly state: FormState,
    private readonly actions: FormActions,
  ) {}

  name(): TemplateResult {
    const { strings } = this.state.setup;
    return this.textField('name', { label: strings.name, hint: strings.nameHint, required: true });
  }

  host(): TemplateResult {
    const { strings, hosts } = this.state.setup;
    const options = hosts.map(({ id, label, icon }) => ({ value: id, label, icon }));
    return this.listField('host', { label: strings.host, options, free: false, required: true });
  }

  account(): TemplateResult {
    const { strings } = this.state.setup;
    const { accounts, input } = this.state;
    const own = accounts.filter(({ host }) => host === input.host);
    return this.listField('account', {
      label: strings.account,
      hint: strings.accountHint,
      placeholder: strings.accountNone,
      options: [
        ...own.map(({ id, label, note }) => ({ value: id, label, description: note, icon: 'account' })),
        ...(own.some(({ onDefaultServer }) => onDefaultServer)
          ? []
          : [{ value: '', label: strings.accountNone, icon: 'circle-slash' }]),
      ],
      free: false,
      actions: [{ id: 'addToken', label: strings.addToken }],
    });
  }

  owner(): TemplateResult {
    const { strings } = this.state.setup;
    const { owners } = this.state;
    const items = valueOf(owners)?.items ?? [];
    return this.listField('owner', {
      label: hostOf(this.state)?.ownerLabel ?? strings.owner,
      hint: owners.state === 'ready' && items.length === 0 ? strings.noOwners : strings.ownerHint,
      options: items.map(({ id, name, locked }) => ({
        value: id,
        label: name,
        description: locked,
        icon: locked === '' ? 'organization' : 'lock',
      })),
      free: true,
      ...progressOf(owners, strings.listingOwners),
    });
  }

  repository(): TemplateResult {
    const { strings } = this.state.setup;
    const { repository } = this.state;
    const found = repository.state === 'ready' ? repository.value : undefined;
    const words = isListed(this.state) ? this.listedRepositories() : this.addresses();
    return this.listField('repository', {
      label: strings.repository,
      free: true,
      required: true,
      ...words,
      ...progressOf(repository, strings.findingRepository),
      found: found && [foundText(found.empty), found.note].filter((text) => text !== '').join(' '),
    });

    function foundText(empty: boolean): string {
      return empty ? strings.repositoryEmpty : fillIn(strings.repositoryFound, found?.name ?? '');
    }
  }

  private addresses() {
    const { strings } = this.state.setup;
    const { repositoryHint: hint, repositoryPlaceholder: placeholder } = strings;
    return { hint, placeholder, options: this.recent() };
  }

  private listedRepositories() {
    const { strings } = this.state.setup;
    const { repositories, repository, input } = this.state;
    const { items, query: foundBy } = valueOf(repositories) ?? { items: [], query: '' };
    const found = valueOf(repository);
    const listed = items.map(({ name, address, note }) => ({
      value: address,
      label: name,
      description: note,
      icon: 'repo',
      foundBy,
    }));
    const others = [...(found === undefined ? [] : [{ value: input.repository, label: found.name }]), ...this.recent()];
    const isEmpty = repositories.state === 'ready' && items.length === 0 && repositories.value.query === '';
    return {
      hint: isEmpty ? strings.noRepositories : strings.repositoryListHint,
      placeholder: strings.repositoryListPlaceholder,
      options: [...listed, ...others.filter(({ value }) => !items.some(({ address }) => address === value))],
      ...(repository.state === 'idle' ? progressOf(repositories, strings.listingRepositories) : {}),
    };
  }

  private recent(): readonly ComboboxOption[] {
    const { strings, clones, recent } = this.state.setup;
    const optionsOf = (repositories: typeof recent, description: string, icon: string): readonly ComboboxOption[] =>
      repositories
        .filter(({ host }) => host === this.state.input.host)
        .map(({ address }) => ({ value: address, description, icon }));
    return [...optionsOf(clones, strings.ofWorkspace, 'repo-clone'), ...optionsOf(recent, strings.recent, 'history')];
  }

  branch(): TemplateResult {
    const { strings } = this.state.setup;
    const { repository, branches } = this.state;
    const items = valueOf(branches)?.items ?? [];
    return this.listField('branch', {
      label: strings.branch,
      hint: valueOf(repository)?.empty === true ? strings.branchOfEmptyHint : strings.branchHint,
      options: items.map(({ name, note }) => ({ value: name, description: note, icon: 'git-branch' })),
      free: true,
      required: true,
      ...progressOf(branches, strings.listingBranches),
    });
  }

  rootFile(): TemplateResult {
    const { strings } = this.state.setup;
    const { contents } = this.state;
    const known = contents.state === 'ready' ? contents.value : undefined;
    return this.listField('rootFile', {
      label: strings.rootFile,
      hint: strings.rootFileHint,
      placeholder: strings.rootFilePlaceholder,
      options: (known?.roots ?? []).map(({ path, type }) => ({ value: path, description: type, icon: 'file-code' })),
      free: true,
      ...progressOf(contents, strings.findingDefinitions),
      found: known?.roots.length === 0 ? strings.rootFileNone : undefined,
    });
  }

  collectionFolder(): TemplateResult {
    const { strings } = this.state.setup;
    const { input, contents } = this.state;
    const known = contents.state === 'ready' ? contents.value : undefined;
    const exists = this.collectionFolderExists(input.collectionFolder);
    return this.listField('collectionFolder', {
      label: strings.collectionFolder,
      hint: known === undefined || exists ? strings.collectionFolderHint : strings.collectionFolderLater,
      options: (known?.collectionFolders ?? []).map((value) => ({
        value,
        icon: this.collectionFolderExists(value) ? 'folder-library' : 'new-folder',
      })),
      free: true,
    });
  }

  workspaceFolder(): TemplateResult {
    const { strings, workspaceFolders } = this.state.setup;
    const options = workspaceFolders.map(({ uri, name }) => ({ value: uri, label: name, icon: 'root-folder' }));
    return this.listField('workspaceFolder', { label: strings.workspaceFolder, options, free: false, required: true });
  }

  localFolder(): TemplateResult {
    const { strings } = this.state.setup;
    const { localFolder: label, localFolderHint: hint, localFolderPlaceholder: placeholder } = strings;
    return this.textField('localFolder', { label, hint, placeholder });
  }

  private collectionFolderExists(folder: string): boolean {
    const known = valueOf(this.state.contents);
    if (known === undefined || !known.collectionFolders.includes(folder)) return false;
    return folder !== this.state.setup.defaultCollectionFolder || known.defaultCollectionFolderExists;
  }

  private listField(field: FormField, { options, free, required, ...frame }: ListOptions): TemplateResult {
    const { strings } = this.state.setup;
    const { moreOptions, suggestions } = strings;
    const noMatches = frame.loading ?? (free ? strings.noMatchesFree : strings.noMatches);
    const words = { suggestions, moreOptions, noMatches };
    return fieldView(
      this.frame(field, frame),
      html`<connect-combobox
        .inputId=${inputId(field)}
        .value=${this.state.input[field]}
        .options=${options}
        .words=${words}
        .free=${free}
        .required=${required ?? false}
        .invalid=${this.isWrong(field, frame)}
        .busy=${frame.loading !== undefined}
        .locked=${this.state.submission.state === 'running'}
        .describedBy=${describedBy(field)}
        .placeholder=${frame.placeholder ?? ''}
        @combobox-type=${({ detail }: CustomEvent<string>) => this.actions.type(field, detail)}
        @combobox-leave=${() => this.actions.leave(field)}
      ></connect-combobox>`,
    );
  }

  private textField(field: FormField, { required, ...frame }: TextOptions): TemplateResult {
    return fieldView(
      this.frame(field, frame),
      html`<input
        id=${inputId(field)}
        class="text"
        type="text"
        autocomplete="off"
        spellcheck="false"
        aria-describedby=${describedBy(field)}
        aria-invalid=${this.isWrong(field, frame)}
        aria-required=${required ?? false}
        placeholder=${frame.placeholder ?? ''}
        ?readonly=${this.state.submission.state === 'running'}
        .value=${live(this.state.input[field])}
        @input=${(event: InputEvent) => this.actions.type(field, (event.target as HTMLInputElement).value)}
        @blur=${() => this.actions.leave(field)}
      />`,
    );
  }

  private frame(field: FormField, frame: TextOptions): FieldFrame {
    return { ...frame, field, note: noteOf(this.state, field), act: this.actions.act };
  }

  private isWrong(field: FormField, { trouble }: TextOptions): boolean {
    return noteOf(this.state, field) !== undefined || trouble !== undefined;
  }
}

interface TextOptions extends Pick<FieldFrame, 'label' | 'hint' | 'loading' | 'trouble' | 'found' | 'actions'> {
  readonly placeholder?: string;
  readonly required?: boolean;
}

interface ListOptions extends TextOptions {
  readonly options: readonly ComboboxOption[];
  readonly free: boolean;
}

function progressOf<T>(loadable: Loadable<T>, loading: string): Pick<FieldFrame, 'loading' | 'trouble'> {
  if (loadable.state === 'loading') return { loading };
  return loadable.state === 'trouble' ? { trouble: loadable.trouble } : {};
}

function submissionView({ submission, setup }: FormState, actions: FormActions): TemplateResult {
  const isRunning = submission.state === 'running';
  return html`
    <div class="submission">
      <vscode-button class="connect" type="submit" icon="repo-clone" ?disabled=${isRunning}>
        ${setup.strings.connect}
      </vscode-button>
      <div aria-live="polite">
        ${submission.state === 'running' ? loadingView(submission.step) : nothing}
        ${submission.state === 'trouble' ? troubleView(submission.trouble, actions.act) : nothing}
      </div>
    </div>
  `;
}

function submitting(actions: FormActions) {
  return (event: SubmitEvent): void => {
    event.preventDefault();
    actions.submit();
  };
}

/** The button is no native one, so the browser does not submit by itself. */
function submittingOnEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
}
