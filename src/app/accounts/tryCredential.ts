import { throwIfCancelled } from '../../core/cancellation.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { Credential, NewAccount } from '../../ports/accounts.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';

/**
 * Asks a host at once whose a credential is, before anything is kept.
 * @throws Failure `signInNeeded` and everything else that the host says to it
 */
export async function tryCredential(
  hosts: Pick<Hosts, 'openAs'>,
  host: HostId,
  origin: string,
  credential: Credential,
  context: CallContext,
): Promise<NewAccount> {
  const session = { account: undefined, credential: () => Promise.resolve(credential) };
  const trial = await hosts.openAs(host, origin, session);
  const { id, name, ...known } = await trial.whoAmI(context);
  throwIfCancelled(context.signal);
  return { ...known, host, origin, name: name === '' ? id : name };
}
