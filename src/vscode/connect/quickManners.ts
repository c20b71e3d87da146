import type { Trouble } from '../../protocol/call.ts';
import type { ConnectServices } from './connectServices.ts';
import { hostId } from './hostId.ts';
import type { QuickState } from './quickState.ts';
import type { StepEnd } from './steps.ts';
import type { Troubles } from './troubles.ts';

export interface QuickManners {
  readonly describe: (error: unknown) => Trouble;
  readonly act: (action: string) => Promise<StepEnd<QuickState> | undefined>;
}

/**
 * What a step does about failures. Signing in takes quick inputs of its own, which would end the flow: it is a step
 * of the flow instead.
 */
export function quickManners({ hosts }: ConnectServices, troubles: Troubles, state: QuickState): QuickManners {
  return {
    describe: (error) => {
      troubles.host = hostId(hosts, state.input.host);
      return troubles.describe(error);
    },
    act: async (action) => {
      if (action === 'signIn') return { kind: 'to', step: 'signIn', state: { ...state, signingIn: true } };
      await troubles.act(action);
      return undefined;
    },
  };
}
