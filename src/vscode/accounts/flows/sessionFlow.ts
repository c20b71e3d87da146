import { authentication, l10n, type AuthenticationGetSessionOptions, type AuthenticationSession } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import { untilCancelled } from '../../../core/cancellation.ts';
import type { SignInFlow, SignInOptions } from '../../../ports/signIn.ts';
import type { SessionKey } from '../accountList.ts';
import { needWords, scopeWords } from './flowWords.ts';
import { withPatience } from './patience.ts';

interface SessionWish extends Pick<SignInOptions, 'another'> {
  readonly again: SessionKey | undefined;
  readonly signal: AbortSignal;
}

/** Microsoft Entra's numbers for an account that is not in the tenant, and for one that its policies keep out. */
const notInTenant = /AADSTS(?:50020|50034|90072)\b/;
const keptOut = /AADSTS5300\d\b/;

/** A session of VS Code's own, after a click: VS Code shows what it needs to. */
export async function sessionFlow(
  provider: string,
  scopes: readonly string[],
  flow: SignInFlow,
  { again, another = false, signal }: SessionWish,
): Promise<{ readonly session: AuthenticationSession; readonly key: SessionKey }> {
  const session = await asked(provider, scopes, optionsOf(detailOf(flow), again, another), signal);
  const { id, label } = session.account;
  return { session, key: { provider, id, label, scopes } };
}

/** VS Code shows it beside its own question: what is asked for, why, and what the host may want. */
function detailOf(flow: SignInFlow): string {
  const purpose = l10n.t('To list, read and change repositories in your name.');
  return [purpose, scopeWords(flow), ...flow.needs.map(needWords)].join('\n\n');
}

function optionsOf(detail: string, again: SessionKey | undefined, another: boolean): AuthenticationGetSessionOptions {
  // What it had is worth nothing any more: GitHub ends the oldest of more than ten, or somebody revoked it.
  if (again !== undefined) return { forceNewSession: { detail }, account: { id: again.id, label: again.label } };
  return { createIfNone: { detail }, ...(another ? { clearSessionPreference: true } : {}) };
}

/** Nobody can stop VS Code's own sign-in from here, but nobody has to wait for it either. */
async function asked(
  provider: string,
  scopes: readonly string[],
  options: AuthenticationGetSessionOptions,
  signal: AbortSignal,
): Promise<AuthenticationSession> {
  let session: AuthenticationSession | undefined;
  try {
    session = await withPatience(signal, (end) =>
      untilCancelled(authentication.getSession(provider, scopes, options), end),
    );
  } catch (cause) {
    throw Failure.is(cause) ? cause : refusal(provider, cause);
  }
  if (session === undefined) throw new Failure('cancelled');
  return session;
}

/** VS Code says everything in words alone, a person's no as well. */
function refusal(provider: string, cause: unknown): Failure {
  const words = cause instanceof Error ? cause.message : String(cause);
  if (/cancel|did not consent/i.test(words)) return new Failure('cancelled', {}, { cause });
  if (notInTenant.test(words)) return new Failure('forbidden', {}, { cause });
  const [policy] = keptOut.exec(words) ?? [];
  if (policy !== undefined) return new Failure('organizationPolicy', { detail: policy }, { cause });
  return new Failure('unsupported', { detail: `noSessions: ${provider}` }, { cause });
}
