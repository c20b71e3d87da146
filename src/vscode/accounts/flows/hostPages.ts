import type { HostId } from '../../../core/model/repository.ts';
import type { AccountSource } from '../../../ports/accounts.ts';

type Page = (origin: string) => string;

/** Where a person sees, and ends, what they have allowed at a host. Tokens end where they are made. */
const pages: Readonly<Partial<Record<HostId, Page>>> = {
  github: (origin) => `${origin}/settings/applications`,
  gitlab: (origin) => `${origin}/-/user_settings/applications`,
  bitbucket: (origin) => `${origin}/account/settings/app-authorizations/`,
  azureDevOps: () => 'https://myapps.microsoft.com/',
};

export function authorizationsPage(host: HostId, origin: string, source: AccountSource): string | undefined {
  return source === 'token' ? undefined : pages[host]?.(origin);
}
