import { addressAt } from '../../app/connect/addressAt.ts';
import type { AskedRepository } from '../../app/connectRequest.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { ConnectServices } from './connectServices.ts';
import { hostId } from './hostId.ts';

type Services = Pick<ConnectServices, 'hosts'> & { readonly useCases: Pick<ConnectServices['useCases'], 'accounts'> };

/** Where a form asks: the server of the account that was chosen, or nearly everybody's. */
export interface FormPlace {
  readonly host: HostId;
  /** `undefined`: only an address can tell. */
  readonly origin: string | undefined;
  /** Absent: nobody was chosen. */
  readonly account?: string;
}

/** @throws Failure `unsafeUrl` for a host that does not work here. */
export function formPlace({ hosts, useCases }: Services, host: string, account: string): FormPlace {
  const id = hostId(hosts, host);
  const chosen = useCases.accounts().find((each) => each.id === account && each.host === id);
  const origin = chosen?.origin ?? hosts.descriptions.find((each) => each.id === id)?.defaultOrigin;
  return { host: id, origin, ...(chosen && { account: chosen.id }) };
}

/** What stands in the repository field, as an address of the server that was chosen, and who asks for it. */
export function formRepository(
  services: Services,
  { host, origin, account }: FormPlace,
  typed: string,
): AskedRepository {
  const address = addressAt(services.hosts, host, origin, typed);
  return { host, address, ...(account === undefined ? {} : { account }) };
}
