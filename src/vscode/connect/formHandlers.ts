import { l10n } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type {
  AskedRepository,
  BranchContents,
  CloneChoice,
  ConnectRequest,
  RepositoryChoice,
} from '../../app/connectRequest.ts';
import { Failure } from '../../core/errors.ts';
import { defaultCollectionFolder } from '../../core/model/api.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type {
  FieldNote,
  FormCalls,
  FormContents,
  FormInput,
  FormPreview,
  FormSetup,
  FoundRepository,
} from '../../protocol/connectMessages.ts';
import type { Handlers } from '../../protocol/responder.ts';
import { definitionTypeName } from '../definitionTypeName.ts';
import { progressText } from '../progressTexts.ts';
import { branchItem } from './branchItem.ts';
import type { ConnectServices } from './connectServices.ts';
import { fieldNote } from './fieldNotes.ts';
import { formStrings } from './formStrings.ts';
import { formTarget } from './formTarget.ts';
import { formPlace, formRepository, type FormPlace } from './formPlace.ts';
import { formAccounts, listHandlers } from './listHandlers.ts';
import { ownerNoun } from './ownerNoun.ts';
import { preselectedHost } from './preselectedHost.ts';
import { hostName } from './hostName.ts';
import { collectionFolderProposal, previewRows } from './previewTexts.ts';
import { inPlaceContext } from './inPlaceContext.ts';
import { requestOf } from './requestOf.ts';
import { startBranch } from './startBranch.ts';
import { trustHandler } from './trustHandler.ts';

/** More names than this are searched for, not scrolled through. */
const mostBranches = 500;

interface Asked {
  readonly host: string;
  readonly account: string;
  readonly address: string;
}

/** What one form needs beside the services. */
export interface FormSurroundings {
  readonly target: ApiKey | undefined;
  /** The host that a question is about, before it is asked. */
  readonly asking: (host: HostId) => void;
  /** Performs an action of the last failure that was told. */
  readonly act: (action: string) => Promise<void>;
  readonly connected: (api: ApiKey) => void;
}

/** Answers the form: translates its questions to use cases and their answers to words. */
export function formHandlers(services: ConnectServices, form: FormSurroundings): Handlers<FormCalls> {
  const { useCases } = services;
  const place = (host: string, account: string): FormPlace => {
    const asked = formPlace(services, host, account);
    form.asking(asked.host);
    return asked;
  };
  const ask = ({ host, account, address }: Asked): AskedRepository =>
    formRepository(services, place(host, account), address);
  const request = (input: FormInput): ConnectRequest =>
    requestOf(input, ask({ ...input, address: input.repository }), form.target);

  return {
    ...listHandlers(services, place),
    ...trustHandler(services.workspace),

    async start(_question, { signal }) {
      const target = await formTarget(services.apis, form.target, signal);
      const folder = target?.workspaceFolder ?? services.workspace.folders[0]?.uri;
      return setupOf(services, target, folder === undefined ? [] : await useCases.clonedHere(folder, signal));
    },

    async findRepository({ workspaceFolder, interactive, ...asked }, { signal }) {
      const context = inPlaceContext(signal, interactive);
      return found(await useCases.findRepository(workspaceFolder, ask(asked), context));
    },

    async listBranches({ query, interactive, ...asked }, { signal, part }) {
      let count = 0;
      for await (const page of useCases.listBranches(ask(asked), query, inPlaceContext(signal, interactive))) {
        part(page.map(branchItem));
        count += page.length;
        if (count >= mostBranches) return { more: true };
      }
      return { more: false };
    },

    async branchContents({ workspaceFolder, branch, interactive, ...asked }, { signal }) {
      const context = inPlaceContext(signal, interactive);
      try {
        return shown(await useCases.branchContents(workspaceFolder, ask(asked), branch.trim(), context));
      } catch (error) {
        if (!Failure.is(error, 'branchNotFound')) throw error;
        return noContents(fieldNote({ field: 'branch', reason: 'notFound' }));
      }
    },

    preview: ({ input, interactive }, { signal }) =>
      preview(services, request(input), inPlaceContext(signal, interactive)),

    async connect({ input }, { signal, part }): Promise<readonly FieldNote[]> {
      const context: OperationContext = {
        signal,
        interactive: true,
        progress: { report: (step) => part(progressText(step)) },
      };
      const problems = await useCases.checkConnect(request(input), context);
      if (problems.length > 0) return problems.map(fieldNote);
      form.connected(await useCases.connect(request(input), context));
      return [];
    },

    async act({ action }) {
      await form.act(action);
      return null;
    },
  };
}

function setupOf(services: ConnectServices, target: FormSetup['target'], clones: readonly CloneChoice[]): FormSetup {
  const isCloned = (address: string): boolean => clones.some((clone) => clone.address === address);
  return {
    strings: formStrings(),
    hosts: services.hosts.descriptions.map(({ id, icon, addressing }) => ({
      id,
      icon,
      addressing,
      label: hostName(id),
      ownerLabel: ownerNoun(id),
    })),
    host: clones[0]?.host ?? preselectedHost(services),
    clones,
    accounts: formAccounts(services),
    workspaceFolders: services.workspace.folders.map(({ uri, name }) => ({ uri, name })),
    recent: services.personal.recentRepositories.filter(({ address }) => !isCloned(address)),
    ...(target && { target }),
    defaultCollectionFolder,
  };
}

async function preview(
  { useCases }: ConnectServices,
  request: ConnectRequest,
  context: OperationContext,
): Promise<FormPreview> {
  const problems = await useCases.checkConnect(request, context);
  const notes = problems.map(fieldNote);
  if (notes.some(({ field }) => field !== 'name')) return { problems: notes, rows: [] };
  const seen = await useCases.previewConnect(request, context);
  const proposal = collectionFolderProposal(seen);
  return { problems: notes, rows: previewRows(seen), ...(proposal && { proposal }) };
}

function noContents(problem: FieldNote): FormContents {
  return { problems: [problem], roots: [], collectionFolders: [], defaultCollectionFolderExists: false };
}

function shown({ roots, ...contents }: BranchContents): FormContents {
  return {
    ...contents,
    problems: [],
    roots: roots.map((root) => ({ ...root, type: definitionTypeName(root.type) })),
  };
}

function found(repository: RepositoryChoice): FoundRepository {
  const { name, suggestedName, account = '', address, empty, canPush, suggestedFolder } = repository;
  const notes = [
    repository.clone === undefined
      ? ''
      : l10n.t('This workspace’s repository: works in your own clone, no second copy.'),
    repository.partOf === undefined ? '' : partOfText(repository.partOf),
    canPush === false ? l10n.t('You may read it, but not push to it.') : '',
  ];
  const note = notes.filter((text) => text !== '').join(' ');
  return {
    name,
    suggestedName,
    account,
    address,
    defaultBranch: startBranch(repository),
    empty,
    note,
    suggestedFolder,
  };
}

function partOfText(clone: string): string {
  const name = decodeURIComponent(clone.slice(clone.lastIndexOf('/') + 1));
  return l10n.t(
    'Your workspace folder is inside a clone of it. To work in that clone, open its top folder “{0}”; here the files of the API get a folder of their own.',
    name,
  );
}
