import { posix, win32 } from 'node:path';
import type { RepositoryRef } from '../../core/model/repository.ts';
import {
  decoded,
  parseUrl,
  parseWebUrl,
  passwordRefused,
  refused,
  schemeOf,
  typedText,
  withoutGit,
} from '../http/typedAddress.ts';

/** Where a `git` repository lives: a reference whose id is the URL that the `git` program gets. */
export interface GitAddress extends RepositoryRef {
  readonly host: 'git';
  readonly transport: 'https' | 'http' | 'ssh' | 'file';
}

/** What a path that a person typed is relative to. */
export interface AddressContext {
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

const sshUser = /^[A-Za-z0-9_.][A-Za-z0-9_.+-]*$/;
const sshHost = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?\])$/;

/**
 * Reads what a person typed, or an id that this function made before (which comes out unchanged).
 * Every address passes here before it reaches Git, those of a shared file included.
 * @throws Failure `unsafeUrl` with the broken rule in `detail`.
 */
export function parseAddress(typed: string, context: AddressContext): GitAddress {
  const text = typedText(typed);
  const scheme = schemeOf(text);
  if (scheme === 'https' || scheme === 'http') return webAddress(text, scheme);
  if (scheme === 'ssh') return sshAddress(text);
  if (scheme === 'file') return fileAddress(text, context);
  if (scheme !== undefined) throw refused(`"${scheme}:" is not one of https, ssh and file`);
  return pathAddress(text, context) ?? scpAddress(text);
}

function webAddress(text: string, scheme: 'https' | 'http'): GitAddress {
  const url = parseWebUrl(text);
  // A user name is often a token; Git asks for the name again, and the credential helpers know it.
  url.username = '';
  if (url.search !== '' || url.hash !== '') throw refused('a repository address has no "?" or "#"');
  const path = url.pathname.replace(/\/+$/, '');
  if (path === '') throw refused('the address names no repository');
  return made(scheme, url.origin, url.origin + path, path);
}

function sshAddress(text: string): GitAddress {
  const parts = /^ssh:\/\/(?:([^@/]*)@)?(\[[^\]/]*\]|[^:/@]*)(?::(\d{1,5}))?(\/.*)$/i.exec(text);
  if (!parts) throw refused('an ssh address looks like ssh://user@host/path');
  const [, user, host = '', port, path = ''] = parts;
  const authority = sshAuthority(user, host) + (port === undefined || port === '22' ? '' : `:${Number(port)}`);
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') throw refused('the address names no repository');
  return made('ssh', `ssh://${authority}`, `ssh://${authority}${trimmed}`, trimmed);
}

/** `user@host:path`: the path is relative to the person's home there, which no `ssh://` URL says portably. */
function scpAddress(text: string): GitAddress {
  const parts = /^(?:([^@/:]*)@)?(\[[^\]/]*\]|[^@/:]+):(.+)$/.exec(text);
  if (!parts) throw refused('give a URL, user@host:path, or an absolute path');
  const [, user, host = '', path = ''] = parts;
  const authority = sshAuthority(user, host);
  if (path.startsWith('/')) return sshAddress(`ssh://${authority}${path}`);
  if (path.startsWith('-')) throw refused('a path on the server cannot begin with "-"');
  const trimmed = path.replace(/\/+$/, '');
  return made('ssh', `ssh://${authority}`, `${authority}:${trimmed}`, trimmed);
}

function sshAuthority(user: string | undefined, host: string): string {
  if (user?.includes(':')) throw passwordRefused();
  if (user !== undefined && !sshUser.test(user)) throw refused(`"${user}" is not a user name for ssh`);
  if (!sshHost.test(host)) throw refused(`"${host}" is not a host name`);
  return (user === undefined ? '' : `${user}@`) + host.toLowerCase();
}

function fileAddress(text: string, context: AddressContext): GitAddress {
  const url = parseUrl(text);
  if (url.hostname !== '') throw refused('a file address names no server');
  if (url.search !== '' || url.hash !== '') throw refused('write "?" as %3F and "#" as %23 in a file address');
  const path = decoded(url.pathname);
  if (path.includes('\0')) throw refused('the address holds control characters');
  return localAddress(context.platform === 'win32' ? path.replace(/^\/(?=[A-Za-z]:)/, '') : path, context);
}

/** `undefined` when `text` is no path at all. */
function pathAddress(text: string, context: AddressContext): GitAddress | undefined {
  const path = /^~(?:[\\/]|$)/.test(text) ? context.home + text.slice(1) : text;
  const looksLikePath = context.platform === 'win32' ? /^(?:[A-Za-z]:|[\\/])/ : /^\//;
  if (looksLikePath.test(path)) return localAddress(path, context);
  if (/^[.~]/.test(path)) throw refused('the path is not absolute');
  return undefined;
}

function localAddress(path: string, { platform }: AddressContext): GitAddress {
  const rules = platform === 'win32' ? win32 : posix;
  if (platform === 'win32' && !/^[A-Za-z]:[\\/]/.test(path)) throw refused('give a path with its drive letter');
  const normal = rules.normalize(path).replaceAll(rules.sep, '/').replace(/\/+$/, '');
  const encoded = normal
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^([A-Za-z])%3A/, '/$1:');
  if (normal === '' || /^[A-Za-z]:$/.test(normal)) throw refused('the address names no repository');
  return made('file', 'file://', `file://${encoded}`, normal);
}

function made(transport: GitAddress['transport'], origin: string, id: string, path: string): GitAddress {
  if (id !== id.trim()) throw refused('the path ends with a space');
  const last = withoutGit(path.slice(path.lastIndexOf('/') + 1));
  return { host: 'git', transport, origin, id, name: last === '' ? path : last };
}
