import type { RepositoryRef } from '../../core/model/repository.ts';
import {
  decoded,
  parseWebUrl,
  passwordRefused,
  refused,
  refuseOtherHosts,
  schemeOf,
  typedText,
  withoutGit,
} from '../http/typedAddress.ts';

/** `PAY`, or `~jane` for a person's own. */
const projectKey = /^(?:[A-Za-z][A-Za-z0-9_]*|~[A-Za-z0-9_.][A-Za-z0-9_.-]*)$/;
const repositorySlug = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;
/** Where the server's own pages begin: what stands before is its context path. */
const ownPages = /\/(?:projects|users|scm|rest|dashboard|plugins|login|profile|account|repos|getting-started)(?:\/|$)/;

/** Reads a page's, a clone's or an ssh address of a repository. @throws Failure `unsafeUrl`. */
export function parseAddress(typed: string): RepositoryRef {
  const text = typedText(typed);
  const scheme = schemeOf(text);
  if (scheme === 'ssh') return sshAddress(text);
  if (scheme === 'https' || scheme === 'http') return webAddress(parseWebUrl(text));
  throw refused('give the address of a page of the repository, or of its clone');
}

/** The repository's page. */
export function addressOf({ origin, name }: Pick<RepositoryRef, 'origin' | 'name'>): string {
  const { key, slug } = splitName(name);
  const project = key.startsWith('~') ? `users/${key.slice(1)}` : `projects/${key}`;
  return `${origin}/${project}/repos/${slug}`;
}

/** A server as people name it, or any of its pages. @throws Failure `unsafeUrl`. */
export function parseOrigin(typed: string): string {
  const url = parseWebUrl(typedText(typed));
  return originWith(url, url.pathname.slice(0, contextLength(url.pathname)));
}

/** @throws Failure `unsafeUrl` for what is no `KEY/slug`: an id comes from a file that anybody may have written. */
export function splitName(name: string): { readonly key: string; readonly slug: string } {
  const [key = '', slug = '', ...rest] = name.split('/');
  if (rest.length > 0 || !projectKey.test(key)) throw refused('a repository is named PROJECT/repository');
  if (!repositorySlug.test(slug) || /^\.+$/.test(slug)) throw refused(`"${slug}" is not a repository's name`);
  return { key, slug };
}

function webAddress(url: URL): RepositoryRef {
  const start = contextLength(url.pathname);
  const origin = originWith(url, url.pathname.slice(0, start));
  const [area = '', owner = '', ...rest] = url.pathname
    .slice(start + 1)
    .split('/')
    .map(decoded);
  if (area === 'scm') return made(origin, canonicalKey(owner), withoutGit(rest[0] ?? ''));
  const [repos, slug = ''] = rest;
  if (!/^(?:projects|users)$/.test(area) || repos !== 'repos') throw refused('the address names no repository');
  return made(origin, area === 'users' ? `~${owner}` : canonicalKey(owner), slug);
}

/** The server's page is where its ssh is; a context path cannot be seen from here. */
function sshAddress(text: string): RepositoryRef {
  const parts = /^ssh:\/\/(?:([^@/]*)@)?([^:/@]+)(?::\d{1,5})?\/([^/]+)\/([^/]+?)\/*$/i.exec(text);
  if (!parts) throw refused('an ssh address looks like ssh://git@host:7999/project/repository.git');
  const [, user = '', host = '', key = '', slug = ''] = parts;
  if (user.includes(':')) throw passwordRefused();
  const url = parseWebUrl(host);
  return made(originWith(url, ''), canonicalKey(decoded(key)), withoutGit(decoded(slug)));
}

function made(origin: string, key: string, slug: string): RepositoryRef {
  const name = `${key}/${slug}`;
  splitName(name);
  return { host: 'bitbucketDataCenter', origin, id: name, name };
}

function originWith(url: URL, context: string): string {
  refuseOtherHosts(url.hostname, 'bitbucketDataCenter');
  const path = context.replace(/\/+$/, '');
  if (!/^(?:\/[A-Za-z0-9_.~-]+)*$/.test(path)) throw refused("this is not a server's address");
  return url.origin + path;
}

function contextLength(pathname: string): number {
  const found = ownPages.exec(pathname);
  return found === null ? pathname.length : found.index;
}

/** Projects are upper-case wherever they are shown; clone addresses write them small. */
function canonicalKey(key: string): string {
  return key.startsWith('~') ? key : key.toUpperCase();
}
