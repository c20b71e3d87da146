import type { ApiKey } from '../../app/apiNode.ts';
import type { BranchContents, CloneChoice, RepositoryChoice } from '../../app/connectRequest.ts';
import type { Owner } from '../../ports/repositoryHost.ts';
import type { FormInput } from '../../protocol/connectMessages.ts';

/** What the quick inputs have gathered so far. */
export interface QuickState {
  readonly api: ApiKey | undefined;
  /** Where the files of an API that exists are already. */
  readonly ownFolder?: string;
  /** The repositories of clones that are open, that of the workspace folder first. */
  readonly clones: readonly CloneChoice[];
  readonly input: FormInput;
  /** Set while the person goes to sign in, in the middle of it. */
  readonly signingIn?: boolean;
  /** Whose repositories are listed; absent: a name or an address is typed. */
  readonly owner?: Owner;
  readonly repository?: RepositoryChoice;
  readonly contents?: BranchContents;
  /** Set by the last step. */
  readonly connected?: ApiKey;
}

export function withInput(state: QuickState, input: Partial<FormInput>): QuickState {
  return { ...state, input: { ...state.input, ...input } };
}
