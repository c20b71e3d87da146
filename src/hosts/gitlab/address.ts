import type { RepositoryRef } from '../../core/model/repository.ts';
import { parseWebUrl, refused, refuseOtherHosts, schemeOf, typedText, withoutGit } from '../http/typedAddress.ts';

export const gitlabOrigin = 'https://gitlab.com';

const sshForm = /^(?:ssh:\/\/)?(?:[A-Za-z0-9_.-]+@)?([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\d{1,5})(?=\/))?[:/](?!\/)(.+)$/;
/** No project can be called so: what follows in an address of a page is not its name. */
const pages = new Set(['-', 'tree', 'blob', 'raw', 'blame', 'commits', 'edit', 'find_file', 'refs', 'wikis']);
/** As GitLab names groups and projects. */
const segment = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;

/**
 * Reads a project's page or any page below it, a clone address, or `group/subgroup/project`.
 * @throws Failure `unsafeUrl` with the broken rule in `detail`.
 */
export function parseAddress(typed: string): RepositoryRef {
  const text = typedText(typed);
  const scheme = schemeOf(text);
  if (scheme !== undefined && scheme !== 'ssh') {
    const url = webUrl(text);
    return referenceOf(url.origin, url.pathname);
  }
  if (scheme === undefined && !/^[^/]*[@:]/.test(text)) return referenceOf(gitlabOrigin, text);
  const [, host, , path] = sshForm.exec(text) ?? [];
  if (host === undefined || path === undefined) throw refused('an ssh address looks like git@host:group/project');
  return referenceOf(originOfSsh(host), path);
}

/** The project's page. */
export function addressOf({ origin, name }: RepositoryRef): string {
  return `${origin}/${name}`;
}

/** A server as a person names it: with or without `https://`. @throws Failure `unsafeUrl` */
export function parseOrigin(typed: string): string {
  const url = webUrl(typedText(typed));
  if (url.pathname !== '/') throw refused('a server is named without a path');
  return url.origin;
}

function webUrl(text: string): URL {
  const url = parseWebUrl(text);
  if (url.username !== '') throw refused('the address holds a user name');
  refuseOtherHosts(url.hostname, 'gitlab');
  return url;
}

/** The server's pages are where its ssh is, whatever the port of the latter. */
function originOfSsh(host: string): string {
  const name = host.toLowerCase();
  refuseOtherHosts(name, 'gitlab');
  return name === 'altssh.gitlab.com' ? gitlabOrigin : `https://${name}`;
}

function referenceOf(origin: string, path: string): RepositoryRef {
  const all = path.replace(/^\/+|\/+$/g, '').split('/');
  const end = all.findIndex((part, index) => index >= 2 && pages.has(part));
  const parts = end < 0 ? all : all.slice(0, end);
  parts.push(withoutGit(parts.pop() ?? ''));
  if (parts.length < 2) throw refused('an address names a group and a project');
  const strange = parts.find((part) => !segment.test(part) || /^\.{1,2}$/.test(part));
  if (strange !== undefined) throw refused('the names of groups and projects have letters, digits, "_", "-" and "."');
  const name = parts.join('/');
  return { host: 'gitlab', origin, id: name, name };
}
