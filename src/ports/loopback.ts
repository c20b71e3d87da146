import type { SignInAnswer } from '../core/model/signInAnswer.ts';

/** A port of this computer that waits for a browser to come back to it. */
export interface Loopback {
  readonly redirectUri: string;
  /**
   * The first answer that carries this state; others are turned away and change nothing.
   * @throws Failure `cancelled` when the signal fires
   */
  answer(state: string, signal: AbortSignal): Promise<SignInAnswer>;
  dispose(): void;
}

/** Listens on a free port; `page` is what the browser shows at the end. */
export type OpenLoopback = (page: string) => Promise<Loopback>;
