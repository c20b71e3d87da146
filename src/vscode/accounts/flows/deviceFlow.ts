import { env, l10n, window } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import type { DeviceGrants, Grant } from '../../../ports/oauth.ts';
import { openPage } from '../../openPage.ts';

/** A code, shown and copied; the host's page to type it in; and what the person says there. */
export async function deviceFlow(device: DeviceGrants, server: string, signal: AbortSignal): Promise<Grant> {
  const code = await device.start(signal);
  const proceed = l10n.t('Copy & Open Page');
  const message = l10n.t('Your code: {0}', code.userCode);
  const detail = l10n.t('Type or paste it at {0} to sign in. Type in no code that somebody else gave you.', server);
  if ((await window.showInformationMessage(message, { modal: true, detail }, proceed)) !== proceed) {
    throw new Failure('cancelled');
  }
  await env.clipboard.writeText(code.userCode);
  await openPage(code.page);
  return device.wait(code, signal);
}
