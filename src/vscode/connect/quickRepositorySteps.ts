import { l10n, ThemeIcon } from 'vscode';
import type { AskedRepository, CloneChoice, ListedRepository } from '../../app/connectRequest.ts';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import type { Branch } from '../../core/model/repository.ts';
import type { FormInput } from '../../protocol/connectMessages.ts';
import { definitionTypeName } from '../definitionTypeName.ts';
import { branchItem } from './branchItem.ts';
import type { ConnectServices } from './connectServices.ts';
import { formPlace, formRepository } from './formPlace.ts';
import { hostName } from './hostName.ts';
import { pickStep, type Choice } from './pickStep.ts';
import { repositoryNote } from './listTexts.ts';
import { quickManners } from './quickManners.ts';
import { inPlaceContext } from './inPlaceContext.ts';
import { withInput, type QuickState } from './quickState.ts';
import { startBranch } from './startBranch.ts';
import type { Step, StepEnd, StepFrame } from './steps.ts';
import type { Troubles } from './troubles.ts';

/** More names than this are searched for, not scrolled through. */
const mostListed = 500;

/**
 * Where it lives: workspace folder, host, repository, branch, root file.
 * A step carries the name of the field it fills, so that a problem leads to its step.
 */
export function repositorySteps(
  services: ConnectServices,
  troubles: Troubles,
  listSteps: readonly Step<QuickState>[],
): readonly Step<QuickState>[] {
  const steps = new RepositorySteps(services, troubles);
  return [
    {
      name: 'workspaceFolder',
      applies: ({ api }) => api === undefined && services.workspace.folders.length > 1,
      run: (state, frame) => steps.workspaceFolder(state, frame),
    },
    {
      name: 'host',
      applies: () => services.hosts.descriptions.length > 1,
      run: (state, frame) => steps.host(state, frame),
    },
    ...listSteps,
    { name: 'repository', run: (state, frame) => steps.repository(state, frame) },
    { name: 'branch', run: (state, frame) => steps.branch(state, frame) },
    { name: 'rootFile', run: (state, frame) => steps.rootFile(state, frame) },
  ];
}

class RepositorySteps {
  constructor(
    private readonly services: ConnectServices,
    private readonly troubles: Troubles,
  ) {}

  workspaceFolder(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    const { folders } = this.services.workspace;
    const choices = folders.map(({ uri, name }) => ({ label: name, value: uri }));
    return this.pick(state, frame, l10n.t('Workspace folder that the API belongs to'), choices, (workspaceFolder) =>
      withInput(state, { workspaceFolder }),
    );
  }

  host(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    const choices = this.services.hosts.descriptions.map(({ id, icon }) => ({
      label: hostName(id),
      iconPath: new ThemeIcon(icon),
      value: id,
    }));
    return this.pick(state, frame, l10n.t('Host of the repository'), choices, (host) =>
      host === state.input.host ? state : otherHost(state, host),
    );
  }

  repository(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    const { hosts, useCases } = this.services;
    const isListed = hosts.descriptions.find(({ id }) => id === state.input.host)?.addressing === 'list';
    const search = (query: string, tell: (choices: readonly Choice<string>[]) => void, signal: AbortSignal) =>
      this.loadRepositories(state, query, tell, signal);
    return pickStep<string, QuickState>(frame, {
      ...this.manners(state),
      placeholder: isListed
        ? l10n.t('Repository: choose one, or type its full name or its address')
        : l10n.t('Repository: an https or ssh address, or a path'),
      active: state.repository?.name ?? state.input.repository,
      load: (tell, signal) => search('', tell, signal),
      ...(state.owner === undefined ? {} : { search }),
      typed: (text) => ({
        label: text,
        description: isListed ? l10n.t('use this name or address') : l10n.t('use this address'),
        value: text,
      }),
      accept: async (typed, signal) => {
        const asked = this.repositoryOf({ ...state, input: { ...state.input, repository: typed } });
        const context = inPlaceContext(signal, true);
        const repository = await useCases.findRepository(state.input.workspaceFolder, asked, context);
        return { kind: 'next', state: withRepository(state, typed, repository) };
      },
    });
  }

  branch(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    const isEmpty = state.repository?.empty === true;
    return pickStep<string, QuickState>(frame, {
      ...this.manners(state),
      placeholder: isEmpty
        ? l10n.t('Initial branch: any name, your first push makes it')
        : l10n.t('Initial branch: you can switch at any time'),
      active: state.input.branch,
      load: (tell, signal) =>
        isEmpty ? Promise.resolve(tell([plainChoice(state.input.branch)])) : this.loadBranches(state, tell, signal),
      typed: (text) => ({ label: text, description: l10n.t('use this name'), value: text }),
      accept: async (branch, signal) => ({ kind: 'next', state: await this.withBranch(state, branch, signal) }),
    });
  }

  rootFile(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    const found = (state.contents?.roots ?? []).map(({ path, type }) => ({
      label: path as string,
      description: definitionTypeName(type),
      value: path as string,
    }));
    const none = { label: l10n.t('No definition yet'), description: l10n.t('added later'), value: '' };
    return this.pick(
      state,
      frame,
      l10n.t('Root definition file: everything it references comes along'),
      [...found, none],
      (rootFile) => withRoot(state, rootFile),
      {
        active: state.input.rootFile,
        typed: (text) => ({ label: text, description: l10n.t('use this file'), value: text }),
      },
    );
  }

  private pick(
    state: QuickState,
    frame: StepFrame,
    placeholder: string,
    choices: readonly Choice<string>[],
    take: (value: string) => QuickState,
    more: { readonly active?: string; readonly typed?: (text: string) => Choice<string> } = {},
  ): Promise<StepEnd<QuickState>> {
    return pickStep<string, QuickState>(frame, {
      ...this.manners(state),
      ...more,
      placeholder,
      load: (tell) => Promise.resolve(tell(choices)),
      accept: (value) => Promise.resolve({ kind: 'next', state: take(value) }),
    });
  }

  /** Those of the owner, then those that were connected before. */
  private async loadRepositories(
    state: QuickState,
    query: string,
    tell: (choices: readonly Choice<string>[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const recent = recentChoices(this.services, state);
    const choices: Choice<string>[] = [];
    tell(recent);
    const { origin, ...place } = formPlace(this.services, state.input.host, state.input.account);
    if (state.owner === undefined || origin === undefined) return;
    const { useCases } = this.services;
    const context = inPlaceContext(signal, true);
    for await (const page of useCases.listRepositories({ ...place, origin }, state.owner, query, context)) {
      choices.push(...page.map(repositoryChoice));
      tell([...choices, ...recent]);
      if (choices.length >= mostListed) return;
    }
  }

  private async loadBranches(
    state: QuickState,
    tell: (choices: readonly Choice<string>[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const choices: Choice<string>[] = [];
    const { useCases } = this.services;
    for await (const page of useCases.listBranches(this.repositoryOf(state), '', inPlaceContext(signal, true))) {
      choices.push(...page.map(branchChoice));
      tell([...choices]);
    }
  }

  private async withBranch(state: QuickState, branch: string, signal: AbortSignal): Promise<QuickState> {
    const next = withInput(state, { branch });
    if (state.repository?.empty === true) return next;
    const { useCases } = this.services;
    const { workspaceFolder } = state.input;
    const context = inPlaceContext(signal, true);
    const contents = await useCases.branchContents(workspaceFolder, this.repositoryOf(state), branch, context);
    const rootFile = state.input.rootFile === '' ? (contents.roots[0]?.path ?? '') : state.input.rootFile;
    return { ...withInput(next, { rootFile }), contents };
  }

  private repositoryOf({ input }: QuickState): AskedRepository {
    return formRepository(this.services, formPlace(this.services, input.host, input.account), input.repository);
  }

  private manners(state: QuickState) {
    return quickManners(this.services, this.troubles, state);
  }
}

/** What is proposed goes with the root file, as long as the person has put nothing else there. */
function withRoot(state: QuickState, rootFile: string): QuickState {
  const { api, ownFolder, input, contents, repository } = state;
  const roots = contents?.roots ?? [];
  const root = roots.find(({ path }) => path === rootFile);
  const ownName = api === undefined ? repository?.suggestedName : undefined;
  const isNameProposed = ownName !== undefined && [ownName, ...roots.map(({ name }) => name)].includes(input.name);
  const folders: readonly string[] = [defaultCollectionFolder, ...roots.map((each) => each.collectionFolder)];
  // An API with files has its collections where they are.
  const isFolderProposed = ownFolder === undefined && folders.includes(input.collectionFolder);
  return withInput(state, {
    rootFile,
    ...(isNameProposed ? { name: root?.name ?? ownName } : {}),
    ...(isFolderProposed ? { collectionFolder: root?.collectionFolder ?? defaultCollectionFolder } : {}),
  });
}

/** What was chosen at the host before is nothing at another one. */
function otherHost(state: QuickState, host: string): QuickState {
  const { owner: _, repository: __, contents: ___, ...rest } = state;
  return withInput(rest, { host, account: '', owner: '', repository: '' });
}

function recentChoices({ personal }: ConnectServices, { clones, input }: QuickState): readonly Choice<string>[] {
  const isCloned = (address: string): boolean => clones.some((clone) => clone.address === address);
  const choicesOf = (repositories: readonly CloneChoice[], description: string): readonly Choice<string>[] =>
    repositories
      .filter(({ host }) => host === input.host)
      .map(({ address }) => ({ label: address, description, value: address }));
  return [
    ...choicesOf(clones, l10n.t('this workspace’s repository')),
    ...choicesOf(
      personal.recentRepositories.filter(({ address }) => !isCloned(address)),
      l10n.t('connected before'),
    ),
  ];
}

function repositoryChoice(repository: ListedRepository): Choice<string> {
  const { name, address } = repository;
  return { label: name, description: repositoryNote(repository), iconPath: new ThemeIcon('repo'), value: address };
}

function withRepository(
  state: QuickState,
  address: string,
  repository: NonNullable<QuickState['repository']>,
): QuickState {
  const { input, repository: before } = state;
  const isOther = before?.address !== repository.address;
  const proposed = isOther ? proposals(state, repository) : {};
  const branch = isOther ? startBranch(repository) : input.branch;
  return { ...withInput(state, { ...proposed, repository: address, branch }), repository };
}

function proposals(
  { api, ownFolder }: QuickState,
  { suggestedName, suggestedFolder }: NonNullable<QuickState['repository']>,
): Partial<FormInput> {
  const localFolder = ownFolder === undefined ? { localFolder: suggestedFolder } : {};
  return api === undefined ? { name: suggestedName, rootFile: '', ...localFolder } : localFolder;
}

function branchChoice(branch: Branch): Choice<string> {
  const { name, note } = branchItem(branch);
  return { ...plainChoice(name), description: note };
}

function plainChoice(text: string): Choice<string> {
  return { label: text, value: text };
}
