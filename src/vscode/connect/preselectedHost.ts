import type { ConnectServices } from './connectServices.ts';

/** The host to begin with: of the latest repository, else of somebody who is signed in, else the first. */
export function preselectedHost({ hosts, personal, useCases }: ConnectServices): string {
  const used = [...personal.recentRepositories, ...useCases.accounts()].map(({ host }) => host);
  const known = used.find((host) => hosts.descriptions.some(({ id }) => id === host));
  return known ?? hosts.descriptions[0]?.id ?? '';
}
