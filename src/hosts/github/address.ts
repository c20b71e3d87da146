import type { RepositoryRef } from '../../core/model/repository.ts';
import {
  parseUrl,
  parseWebUrl,
  refused,
  refuseOtherHosts,
  schemeOf,
  segmentsOf,
  typedText,
  withoutGit,
} from '../http/typedAddress.ts';
import { isLoopback } from '../http/webAddress.ts';

export const githubOrigin = 'https://github.com';

const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const ownerName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const repositoryName = /^[A-Za-z0-9._-]+$/;
/** Sites of GitHub that hold other things than repositories. */
const otherSites = /^gist\.github\.com$|(?:^|\.)github\.io$/;
/** Pages of GitHub's own, where an owner's name would be. */
const pages = new Set(
  'about account apps codespaces collections enterprises explore features issues login marketplace new notifications organizations orgs pricing pulls search security settings sponsors stars topics users'.split(
    ' ',
  ),
);

/**
 * Reads a page's address (deep links too), a clone URL, or `owner/name`, without any network call.
 * @throws Failure `unsafeUrl` with the broken rule in `detail`.
 */
export function parseAddress(typed: string): RepositoryRef {
  const text = spaceless(typed);
  if (/^[^/:@.]+\/[^/:@]+$/.test(text)) return made(githubOrigin, text.split('/'));
  const scp = /^[A-Za-z0-9_-]+@([^/:@]+):(?!\/\/)(.+)$/.exec(text);
  if (scp) return sshRepository(scp[1] ?? '', scp[2] ?? '');
  if (schemeOf(text) === 'ssh') {
    const { hostname, pathname } = parseUrl(text);
    return sshRepository(hostname, pathname);
  }
  // `github.com/owner/name` is how pages are quoted.
  const url = parseWebUrl(text);
  return made(webOrigin(url), segmentsOf(url.pathname));
}

/** The web page of a repository, which {@link parseAddress} reads as the same one. */
export function addressOf({ origin, name }: Pick<RepositoryRef, 'origin' | 'name'>): string {
  return `${origin}/${name}`;
}

/** A server as a person names it, or any address on it. @throws Failure `unsafeUrl` */
export function parseOrigin(typed: string): string {
  return webOrigin(parseWebUrl(spaceless(typed)));
}

/** Where the API of `origin` is; GraphQL's address follows from it. */
export function apiBase(origin: string): string {
  const { hostname } = new URL(origin);
  if (origin === githubOrigin) return 'https://api.github.com';
  return hostname.endsWith('.ghe.com') ? `https://api.${hostname}` : `${origin}/api/v3`;
}

/** No name of GitHub's has a space in it, nor has an address that somebody copied. */
function spaceless(typed: string): string {
  const text = typedText(typed);
  if (text.includes(' ')) throw refused('the address holds white space');
  return text;
}

/** A user name is often a token: it is dropped, and never stored. */
function webOrigin(url: URL): string {
  if (isLoopback(url.hostname)) return url.origin;
  const host = serverOf(url.hostname);
  return host === 'github.com' ? githubOrigin : `https://${host}${url.port === '' ? '' : `:${url.port}`}`;
}

function sshRepository(host: string, path: string): RepositoryRef {
  // The port is that of ssh: the web has its own.
  return made(`https://${serverOf(host)}`, segmentsOf(path));
}

/** The server that people see, for the names that it has beside. */
function serverOf(name: string): string {
  const host = name.toLowerCase();
  if (!hostName.test(host) || !host.includes('.')) throw refused(`"${host}" is not a server's name`);
  refuseOtherHosts(host, 'github');
  if (otherSites.test(host)) throw refused(`${host} holds no repositories`);
  return host.replace(/^(?:www|api|ssh)\.(?=github\.com$)/, '').replace(/^api\.(?=[^.]+\.ghe\.com$)/, '');
}

function made(origin: string, [owner = '', repository = '']: readonly string[]): RepositoryRef {
  const own = withoutGit(repository);
  if (owner === '' || own === '' || (origin === githubOrigin && pages.has(owner.toLowerCase()))) {
    throw refused('the address names no repository');
  }
  if (!ownerName.test(owner)) throw refused(`"${owner}" is not an owner's name`);
  if (!repositoryName.test(own) || /^\.+$/.test(own)) throw refused(`"${own}" is not a repository's name`);
  const name = `${owner}/${own}`;
  return { host: 'github', origin, id: name, name };
}
