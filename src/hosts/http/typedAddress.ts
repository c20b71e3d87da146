import { Failure } from '../../core/errors.ts';
import type { HostId } from '../../core/model/repository.ts';
import { isSecure } from './webAddress.ts';

const maximumLength = 2_000;

/** The sites that everybody knows, and the host that they speak for. */
const sites: Partial<Record<HostId, readonly string[]>> = {
  github: ['github.com', 'ghe.com', 'github.io'],
  gitlab: ['gitlab.com'],
  bitbucket: ['bitbucket.org'],
  azureDevOps: ['dev.azure.com', 'visualstudio.com'],
};

/**
 * What a person typed, or a shared file holds, without the space around it; nothing that is an option, a command or a
 * trap to whatever reads it next.
 * @throws Failure `unsafeUrl`, as everything here does, with the broken rule in `detail`.
 */
export function typedText(typed: string): string {
  const text = typed.trim();
  if (text === '') throw refused('the address is empty');
  if (text.length > maximumLength) throw refused(`the address is longer than ${String(maximumLength)} characters`);
  // eslint-disable-next-line no-control-regex -- they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) throw refused('the address holds control characters');
  if (text.startsWith('-')) throw refused('an address cannot begin with "-"');
  if (/^[A-Za-z0-9+.-]*::/.test(text)) throw refused('transport helpers ("name::address") are not allowed');
  return text;
}

/** What stands before `://`, in lower case. */
export function schemeOf(text: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
}

/** A URL of any scheme. Its user name is still there: what it may be, each host knows. */
export function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw refused('this is not a URL');
  const url = new URL(text);
  if (url.password !== '') throw passwordRefused();
  return url;
}

/** A page, or a server as people name it: `https://` may be left out, and `http://` is for this computer alone. */
export function parseWebUrl(text: string): URL {
  // It would become "/", and the name before it that of a server.
  if (text.includes('\\')) throw refused('an address of the web has no "\\"');
  const url = parseUrl(schemeOf(text) === undefined ? `https://${text}` : text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused(`"${url.protocol}" is not https`);
  if (!isSecure(url)) throw refused('http sends everything in the clear: use https');
  return url;
}

/** An address at a site of another host is a slip of the pen, or a trap. */
export function refuseOtherHosts(hostname: string, own: HostId): void {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  for (const [host, domains = []] of Object.entries(sites)) {
    const isThere = domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
    if (isThere && host !== own) throw refused(`${hostname} is another host`);
  }
}

/** The parts of a path, as they are written. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** The name that a segment of a URL writes. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw refused('the address has a broken % escape', cause);
  }
}

/** Clone addresses end with `.git`, which is no part of the name. */
export function withoutGit(name: string): string {
  return name.replace(/\.git$/, '');
}

/** For addresses that are no URLs. */
export function passwordRefused(): Failure {
  return refused('the address holds a password: leave it out, it is asked for when it is needed');
}

/** An address that breaks `rule`. */
export function refused(rule: string, cause?: unknown): Failure {
  return new Failure('unsafeUrl', { detail: rule }, { cause });
}
