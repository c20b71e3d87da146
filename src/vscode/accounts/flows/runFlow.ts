import { l10n, ProgressLocation, window } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import type { HostId } from '../../../core/model/repository.ts';
import type { Account } from '../../../ports/accounts.ts';
import type { SignInFlowId, SignIns } from '../../../ports/signIn.ts';
import { serverName } from '../accountNames.ts';

export interface FlowRun {
  readonly flow: SignInFlowId;
  readonly host: HostId;
  readonly origin: string;
  readonly account?: Account | undefined;
}

/**
 * Runs a way in where the person sees that something is waited for, and can stop it.
 * @returns `undefined` when the person gave up
 */
export async function runFlow(
  signIns: Pick<SignIns, 'run'>,
  { flow, host, origin, account }: FlowRun,
  failed: (error: unknown) => string,
): Promise<Account | undefined> {
  const title = l10n.t('Signing in to {0}…', serverName(origin));
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  try {
    return await window.withProgress(options, async (_, token) => {
      const stop = new AbortController();
      const listening = token.onCancellationRequested(() => stop.abort());
      const own = account === undefined ? {} : { account };
      return signIns.run(flow, host, origin, { ...own, signal: stop.signal }).finally(() => listening.dispose());
    });
  } catch (error) {
    if (Failure.is(error, 'cancelled')) return undefined;
    const again = l10n.t('Try Again');
    const message = Failure.is(error, 'timeout')
      ? l10n.t('Nobody came back from the browser in time. You can try again, or another way.')
      : failed(error);
    if ((await window.showErrorMessage(message, again)) !== again) return undefined;
    return runFlow(signIns, { flow, host, origin, account }, failed);
  }
}
