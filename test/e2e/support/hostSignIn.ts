import type { SampleHost } from '../../sample/hosts/sampleHost.ts';
import type { Workbench } from './workbench.ts';

/** *Use Access Token…* from the beginning: host and server, up to the token. */
export async function startSignIn(workbench: Workbench, host: SampleHost): Promise<void> {
  await workbench.runCommand('APIs: Use Access Token…');
  await workbench.quickInput.waitForTitle('(1/');
  await workbench.quickInput.choose(host.label);
  await workbench.quickInput.waitForTitle('(2/');
  await workbench.quickInput.type(host.server);
  await workbench.quickInput.choose('use this server');
}

/** Gives a token that the server does not know, reads what is said about it, and gives a right one. */
export async function giveTokens({ quickInput }: Workbench, host: SampleHost): Promise<void> {
  if (host.email !== undefined) {
    await quickInput.message.filter({ hasText: 'E-mail address' }).waitFor();
    await quickInput.answer(host.email);
  }
  await quickInput.message.filter({ hasText: 'Access token for' }).waitFor();
  await quickInput.answer(`${host.tokens.writing}-mistyped`);
  await quickInput.message.filter({ hasText: 'does not accept this token' }).waitFor();
  await quickInput.answer(host.tokens.writing);
}
