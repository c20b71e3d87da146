import { l10n } from 'vscode';
import type { SignInFlow, SignInFlowId } from '../../../ports/signIn.ts';
import { pickStep, type PickRequest } from '../../connect/pickStep.ts';
import type { StepEnd, StepFrame } from '../../connect/steps.ts';
import { flowName, needHint, scopeWords } from './flowWords.ts';

type Manners = Pick<PickRequest<SignInFlowId, never>, 'describe'>;

/**
 * Which way in, with what it will ask for and what the host may want beside it, as far as a row has room. In whole
 * sentences it stands where the way begins: in VS Code's own dialog, or below the input of a token.
 */
export function wayStep<S>(
  frame: StepFrame,
  flows: readonly SignInFlow[],
  accept: (flow: SignInFlowId) => S,
  { describe }: Manners,
): Promise<StepEnd<S>> {
  return pickStep<SignInFlowId, S>(frame, {
    placeholder: l10n.t('How do you want to sign in?'),
    load: (tell) =>
      Promise.resolve(
        tell(
          flows.map((flow) => ({
            label: flowName(flow.id),
            description: flow.needs.map(needHint).join(' · '),
            detail: rights(flow),
            value: flow.id,
          })),
        ),
      ),
    accept: (flow) => Promise.resolve({ kind: 'next', state: accept(flow) }),
    describe,
    act: () => Promise.resolve(undefined),
  });
}

/** What each right is for, VS Code says itself, in a dialog with more room. */
function rights(flow: SignInFlow): string {
  if (flow.id === 'vscode') return flow.scopes.map(({ name }) => name).join(', ');
  return scopeWords(flow).replaceAll('\n', ' · ');
}
