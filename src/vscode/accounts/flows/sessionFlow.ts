import { authentication, l10n, type AuthenticationGetSessionOptions, type AuthenticationSession } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import type { SignInFlow, SignInOptions } from '../../../ports/signIn.ts';
import type { SessionKey } from '../accountList.ts';
import { needWords, scopeWords } from './flowWords.ts';

/** A session of VS Code's own, after a click: VS Code shows what it needs to. */
export async function sessionFlow(
  provider: string,
  scopes: readonly string[],
  flow: SignInFlow,
  { again, another = false }: Pick<SignInOptions, 'another'> & { readonly again: SessionKey | undefined },
): Promise<{ readonly session: AuthenticationSession; readonly key: SessionKey }> {
  const session = await asked(provider, scopes, optionsOf(detailOf(flow), again, another));
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

async function asked(
  provider: string,
  scopes: readonly string[],
  options: AuthenticationGetSessionOptions,
): Promise<AuthenticationSession> {
  let session: AuthenticationSession | undefined;
  try {
    session = await authentication.getSession(provider, scopes, options);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    // VS Code says a person's no in words alone.
    if (/cancel|did not consent/i.test(words)) throw new Failure('cancelled', {}, { cause });
    throw new Failure('unsupported', { detail: `noSessions: ${provider}` }, { cause });
  }
  if (session === undefined) throw new Failure('cancelled');
  return session;
}
