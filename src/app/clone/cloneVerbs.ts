import type { Ask } from '../../ports/ask.ts';
import type { Editors } from '../../ports/editors.ts';
import type { BackUp } from '../backup/backUp.ts';
import type { CheckoutWork } from '../checkoutWork.ts';
import type { Look } from '../look/look.ts';
import { ClonePull } from './clonePull.ts';
import { ClonePush } from './clonePush.ts';
import { CloneResolve } from './cloneResolve.ts';
import { CloneSwitch } from './cloneSwitch.ts';

/** What the verbs of a clone are made of. */
export interface CloneVerbParts {
  readonly work: CheckoutWork;
  readonly look: Look;
  readonly editors: Editors;
  readonly ask: Ask;
  readonly backUp: BackUp;
}

/** The verbs that Git does in a person's own clone. */
export interface CloneVerbs {
  readonly pull: ClonePull;
  readonly push: ClonePush;
  readonly switching: CloneSwitch;
  readonly resolve: CloneResolve;
}

/** Loads them: most windows have no clone. */
export type LoadCloneVerbs = () => Promise<CloneVerbs>;

export function createCloneVerbs({ work, look, editors, ask, backUp }: CloneVerbParts): CloneVerbs {
  return {
    pull: new ClonePull(look, editors, ask),
    push: new ClonePush(look, ask),
    switching: new CloneSwitch(look, editors),
    resolve: new CloneResolve(work, look, editors, ask, backUp),
  };
}
