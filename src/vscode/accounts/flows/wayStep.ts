import { l10n } from 'vscode';
import type { SignInFlow, SignInFlowId } from '../../../ports/signIn.ts';
import { pickStep, type PickRequest } from '../../connect/pickStep.ts';
import type { StepEnd, StepFrame } from '../../connect/steps.ts';
import { flowName, needWords, scopeWords } from './flowWords.ts';

type Manners = Pick<PickRequest<SignInFlowId, never>, 'describe'>;

/** Which way in, with what it will ask for and what the host may want beside it: all before anything is asked. */
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
            detail: [scopeWords(flow).replaceAll('\n', ' · '), ...flow.needs.map(needWords)].join(' — '),
            value: flow.id,
          })),
        ),
      ),
    accept: (flow) => Promise.resolve({ kind: 'next', state: accept(flow) }),
    describe,
    act: () => Promise.resolve(undefined),
  });
}
