import { env, l10n, Uri } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import type { SignInAnswer } from '../../../core/model/signInAnswer.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { OpenLoopback } from '../../../ports/loopback.ts';
import type { Grant, OAuthServer } from '../../../ports/oauth.ts';
import type { SignInPlace } from '../../../ports/signIn.ts';
import { openPageVerbatim } from '../../openPage.ts';
import { application } from './application.ts';
import type { Callbacks } from './callbacks.ts';
import { patience, withPatience } from './patience.ts';
import { newProof } from './pkce.ts';

/** A way back from the browser, and where it is listened for. */
interface WayBack {
  readonly redirectUri: string;
  answer(state: string, signal: AbortSignal): Promise<SignInAnswer>;
  dispose(): void;
}

/** Through VS Code itself, in whichever window the browser comes back to. */
export async function callbackWay(callbacks: Callbacks, clock: Clock, place: SignInPlace): Promise<WayBack> {
  const plain = Uri.parse(`${env.uriScheme}://${application.extension}${application.callbackPath}`);
  // On a desktop the plain one, which is what hosts have registered. A browser has no such addresses: whoever serves
  // VS Code there leads back to it.
  const redirectUri = place === 'web' ? await env.asExternalUri(plain) : plain;
  return {
    redirectUri: redirectUri.toString(true),
    answer: (state, signal) => callbacks.answer(state, clock.now() + patience, signal),
    dispose: () => undefined,
  };
}

/** Through a port of this computer. */
export async function loopbackWay(open: OpenLoopback): Promise<WayBack> {
  const loopback = await open(l10n.t('Signed in. You can close this page and go back to VS Code.'));
  return {
    redirectUri: loopback.redirectUri,
    answer: (state, signal) => withPatience(signal, (end) => loopback.answer(state, end)),
    dispose: () => loopback.dispose(),
  };
}

/** The host's page in a browser, a person's yes, and the grant for the code that comes back. */
export async function browserFlow(server: OAuthServer, way: WayBack, signal: AbortSignal): Promise<Grant> {
  try {
    const { state, verifier, challenge } = await newProof();
    const { redirectUri } = way;
    const waiting = way.answer(state, signal);
    // Nobody hears of it before the page is open.
    waiting.catch(() => undefined);
    if (!(await openPageVerbatim(server.page({ redirectUri, state, challenge })))) throw new Failure('cancelled');
    const answer = await waiting;
    if (answer.kind === 'refused') throw refusal(answer.error);
    return await server.redeem({ code: answer.code, redirectUri, verifier }, signal);
  } finally {
    way.dispose();
  }
}

/** The host's own word, which came by the browser: anything else than a word is left out. */
function refusal(error: string): Failure {
  if (error === 'access_denied') return new Failure('cancelled');
  return new Failure('hostError', /^[a-z_]{1,60}$/.test(error) ? { detail: error } : {});
}
