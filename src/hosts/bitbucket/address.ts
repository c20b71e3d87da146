import type { Failure } from '../../core/errors.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import { decoded, parseWebUrl, refused, schemeOf, segmentsOf, typedText, withoutGit } from '../http/typedAddress.ts';
import { isLoopback } from '../http/webAddress.ts';

/** Where everybody's repositories are; there are no servers of other people's own. */
export const bitbucketOrigin = 'https://bitbucket.org';

const sshHosts = /^(?:alt)?ssh\.bitbucket\.org$|^bitbucket\.org$/i;
/** A workspace's or a repository's short name, or its UUID in braces. */
const segment = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|\{[0-9A-Fa-f-]{36}\})$/;

/**
 * Reads what a person typed: a page of a repository, however deep, a clone URL (https or ssh), `workspace/repository`.
 * @throws Failure `unsafeUrl` with the broken rule in `detail`.
 */
export function parseAddress(typed: string): RepositoryRef {
  const text = typedText(typed);
  const scheme = schemeOf(text);
  if (scheme === 'https' || scheme === 'http') {
    // Bitbucket's own clone URLs name the person, which says nothing about the repository.
    const url = parseWebUrl(text);
    return made(originIn(url), segmentsOf(url.pathname).map(decoded));
  }
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d{1,5}\/|[:/])(.+)$/i.exec(text);
  if (ssh) {
    const [, host = '', path = ''] = ssh;
    if (!sshHosts.test(host)) throw elsewhere(host);
    return made(bitbucketOrigin, segmentsOf(path).map(decoded));
  }
  const short = text.split('/');
  if (short.length === 2 && !/[:@]/.test(text)) return made(bitbucketOrigin, short);
  throw refused('give a URL, or workspace/repository');
}

/** The page of a repository for people. */
export function addressOf({ origin, name }: RepositoryRef): string {
  return `${origin}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

/** @throws Failure `unsafeUrl` with the broken rule in `detail`. */
export function parseOrigin(typed: string): string {
  return originIn(parseWebUrl(typedText(typed)));
}

/** Where the API of an origin is. */
export function apiBase(origin: string): string {
  return origin === bitbucketOrigin ? 'https://api.bitbucket.org/2.0' : `${origin}/2.0`;
}

function originIn(url: URL): string {
  const { hostname, origin } = url;
  if (/^(?:www\.)?bitbucket\.org$/.test(hostname) && url.port === '') return bitbucketOrigin;
  // Within this computer there is nobody to deceive: a stand-in of the host.
  if (isLoopback(hostname)) return origin;
  throw elsewhere(hostname);
}

function made(origin: string, [workspace, repository]: readonly string[]): RepositoryRef {
  if (workspace === undefined || repository === undefined) throw refused('the address names no repository');
  const slug = withoutGit(repository);
  for (const name of [workspace, slug]) if (!segment.test(name)) throw refused(`"${name}" is no name`);
  const name = `${workspace}/${slug}`;
  return { host: 'bitbucket', origin, id: name, name };
}

/** There is but one Bitbucket Cloud. */
function elsewhere(hostname: string): Failure {
  return refused(`${hostname} is not Bitbucket Cloud`);
}
