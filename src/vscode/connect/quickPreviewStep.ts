import { l10n, ThemeIcon } from 'vscode';
import type { ConnectRequest } from '../../app/connectRequest.ts';
import type { FieldNote, FormField, PreviewRow } from '../../protocol/connectMessages.ts';
import type { ConnectServices } from './connectServices.ts';
import { fieldNote } from './fieldNotes.ts';
import { formStrings } from './formStrings.ts';
import { formPlace, formRepository } from './formPlace.ts';
import { pickStep, type Choice } from './pickStep.ts';
import { collectionFolderProposal, previewRows } from './previewTexts.ts';
import { inPlaceContext } from './inPlaceContext.ts';
import { withInput, type QuickState } from './quickState.ts';
import { requestOf } from './requestOf.ts';
import { quickManners } from './quickManners.ts';
import type { Step, StepEnd } from './steps.ts';
import type { Troubles } from './troubles.ts';

type Act = (signal: AbortSignal) => Promise<StepEnd<QuickState>>;

/** The step that decides what a row says. */
const decidedBy = {
  files: 'rootFile',
  unresolved: 'rootFile',
  outside: 'rootFile',
  collections: 'collectionFolder',
  collisions: 'localFolder',
} as const satisfies Record<PreviewRow['kind'], FormField>;

/** What connecting brings, or what keeps it from being done; each row leads on. */
export function previewStep(services: ConnectServices, troubles: Troubles): Step<QuickState> {
  const { useCases } = services;
  return {
    name: 'preview',
    run(state, frame) {
      const place = formPlace(services, state.input.host, state.input.account);
      const repository = formRepository(services, place, state.input.repository);
      const request = requestOf(state.input, repository, state.api);
      return pickStep<Act, QuickState>(frame, {
        ...quickManners(services, troubles, state),
        placeholder: l10n.t('Connecting writes nothing to the repository. Your first push does.'),
        load: async (tell, signal) => {
          const problems = await useCases.checkConnect(request, inPlaceContext(signal, true));
          if (problems.length > 0) tell(problems.map((problem) => problemChoice(fieldNote(problem))));
          else tell(await previewChoices(services, state, request, signal));
        },
        accept: (act, signal) => act(signal),
      });
    },
  };
}

async function previewChoices(
  { useCases }: ConnectServices,
  state: QuickState,
  request: ConnectRequest,
  signal: AbortSignal,
): Promise<readonly Choice<Act>[]> {
  const preview = await useCases.previewConnect(request, inPlaceContext(signal, true));
  const connect: Act = async (inner) => {
    const connected = await useCases.connect(request, inPlaceContext(inner, true));
    return { kind: 'next', state: { ...state, connected } };
  };
  const proposal = collectionFolderProposal(preview);
  return [
    {
      label: l10n.t('Connect Repository'),
      iconPath: new ThemeIcon('repo-clone'),
      detail: request.repository,
      value: connect,
    },
    ...(proposal === undefined ? [] : [proposalChoice(state, proposal)]),
    ...previewRows(preview).map((row) => rowChoice(row)),
  ];
}

/** Takes the other folder and shows the preview again. */
function proposalChoice(
  state: QuickState,
  { text, label, collectionFolder }: NonNullable<ReturnType<typeof collectionFolderProposal>>,
): Choice<Act> {
  const value: Act = () =>
    Promise.resolve({ kind: 'to', step: 'preview', state: withInput(state, { collectionFolder }) });
  return { label, detail: text, iconPath: new ThemeIcon('info'), value };
}

/** A row says what will be; choosing it leads to the step that decides it. */
function rowChoice({ kind, icon, text, details }: PreviewRow): Choice<Act> {
  const detail = details.length === 0 ? {} : { detail: details.join(' · ') };
  return { label: text, ...detail, iconPath: new ThemeIcon(icon), value: goTo(decidedBy[kind]) };
}

function problemChoice({ field, message }: FieldNote): Choice<Act> {
  return { label: fieldLabel(field), detail: message, iconPath: new ThemeIcon('error'), value: goTo(field) };
}

function goTo(step: FormField): Act {
  return () => Promise.resolve({ kind: 'to', step });
}

function fieldLabel(field: FormField): string {
  return formStrings()[field];
}
