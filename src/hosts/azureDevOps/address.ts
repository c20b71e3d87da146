import type { RepositoryRef } from '../../core/model/repository.ts';
import {
  decoded,
  parseWebUrl,
  refused,
  refuseOtherHosts,
  schemeOf,
  segmentsOf,
  typedText,
  withoutGit,
} from '../http/typedAddress.ts';

const cloud = 'https://dev.azure.com';
const legacyDomain = '.visualstudio.com';
/** git@ssh.dev.azure.com:v3/acme/Project/repository, and what it was before. */
const ssh =
  /^(?:ssh:\/\/)?[\w.-]+@(?:ssh\.dev\.azure\.com|(?:[\w-]+\.)?vs-ssh\.visualstudio\.com)(?::22)?[:/]v3\/([^/]+)\/([^/]+)\/([^/]+?)\/*$/i;

/**
 * Reads what a person typed: any page of a repository, a clone URL (https or ssh), `organization/project/repository`.
 * Legacy addresses (`acme.visualstudio.com`) become those of today.
 * @throws Failure `unsafeUrl` with the broken rule in `detail`.
 */
export function parseAddress(typed: string): RepositoryRef {
  const text = typedText(typed);
  const secure = ssh.exec(text);
  if (secure) return made(organizationOrigin(part(secure[1])), part(secure[2]), part(secure[3]));
  if (schemeOf(text) !== undefined) return webAddress(text);
  const short = text.split('/');
  if (short.length === 3 && !text.includes('@')) {
    return made(organizationOrigin(plain(short[0])), plain(short[1]), plain(short[2]));
  }
  throw refused('give a URL, or organization/project/repository');
}

/** The page of a repository for people. */
export function addressOf({ origin, name }: RepositoryRef): string {
  const slash = name.indexOf('/');
  return `${origin}/${encodeURIComponent(name.slice(0, slash))}/_git/${encodeURIComponent(name.slice(slash + 1))}`;
}

/**
 * An organization by its name or address, or the collection of a server.
 * @throws Failure `unsafeUrl` with the broken rule in `detail`.
 */
export function parseOrigin(typed: string): string {
  const text = typedText(typed);
  if (/^[\w-]+$/.test(text)) return organizationOrigin(text);
  const url = webUrl(text);
  const segments = namesOf(url);
  const organization = organizationIn(url, segments);
  if (organization !== undefined) return organizationOrigin(organization);
  const collection = collectionOf(segments.slice(0, endOf(segments)));
  if (collection.length === 0) throw refused('name the collection too: https://server/collection');
  return serverOrigin(url, collection);
}

function webAddress(text: string): RepositoryRef {
  const url = webUrl(text);
  const segments = namesOf(url);
  const at = segments.indexOf('_git');
  const repository = segments[at + 1];
  if (at < 0 || repository === undefined) throw refused('the address names no repository: it has …/_git/… in it');
  const organization = organizationIn(url, segments);
  const before = segments.slice(0, at);
  if (organization === undefined) {
    const collection = collectionOf(before);
    if (collection.length === 0) throw refused('the address names no collection');
    return made(serverOrigin(url, collection), before[collection.length] ?? repository, repository);
  }
  const [project = repository] = withoutCollection(isCloud(url) ? before.slice(1) : before);
  return made(organizationOrigin(organization), project, repository);
}

function isCloud(url: URL): boolean {
  return url.origin === cloud;
}

/** `undefined`: a server of somebody's own. */
function organizationIn(url: URL, segments: readonly string[]): string | undefined {
  if (isCloud(url)) {
    const [organization] = segments;
    if (organization === undefined || organization.startsWith('_')) throw refused('the address names no organization');
    return organization;
  }
  return url.hostname.endsWith(legacyDomain) ? url.hostname.slice(0, -legacyDomain.length) : undefined;
}

/** Old addresses name the one collection of an organization. */
function withoutCollection(segments: readonly string[]): readonly string[] {
  return segments[0]?.toLowerCase() === 'defaultcollection' ? segments.slice(1) : segments;
}

/** Where the part of the address ends that may name a collection. */
function endOf(segments: readonly string[]): number {
  const special = segments.findIndex((segment) => segment.startsWith('_'));
  return special < 0 ? segments.length : special;
}

/** `/tfs` is where servers are installed unless somebody says otherwise; a project follows the collection. */
function collectionOf(segments: readonly string[]): readonly string[] {
  return segments.slice(0, segments[0]?.toLowerCase() === 'tfs' ? 2 : 1);
}

function organizationOrigin(organization: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(organization)) throw refused(`"${organization}" is no organization`);
  return `${cloud}/${encodeURIComponent(organization)}`;
}

function serverOrigin(url: URL, collection: readonly string[]): string {
  return [url.origin, ...collection.map(encodeURIComponent)].join('/');
}

function webUrl(text: string): URL {
  const url = parseWebUrl(text);
  refuseOtherHosts(url.hostname, 'azureDevOps');
  // Azure DevOps' own clone URLs have the organization there; anything else may be a token.
  const [organization = ''] = namesOf(url);
  if (url.username !== '' && decoded(url.username) !== organization) throw refused('the address holds a user name');
  return url;
}

function namesOf(url: URL): readonly string[] {
  return segmentsOf(url.pathname).map(part);
}

/** One segment of a URL. */
function part(text: string | undefined): string {
  return plain(decoded(text ?? ''));
}

function plain(text: string | undefined): string {
  const name = text ?? '';
  // eslint-disable-next-line no-control-regex -- they are what is refused
  if (/[\u0000-\u001f\u007f/\\]/.test(name) || name === '' || name === '.' || name === '..') {
    throw refused(`"${name}" is no name`);
  }
  if (name.startsWith('-')) throw refused('a name cannot begin with "-"');
  return name;
}

function made(origin: string, project: string, repository: string): RepositoryRef {
  const name = `${project}/${withoutGit(repository)}`;
  return { host: 'azureDevOps', origin, id: name, name };
}
