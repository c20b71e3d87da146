import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { HttpAnswer } from './httpMessages.ts';
import { originOf } from './webAddress.ts';

/** The `rel="next"` of a `Link` header (RFC 8288). @throws Failure `unexpectedAnswer` when it leads elsewhere. */
export function nextLink(answer: HttpAnswer, facts: FailureFacts): string | undefined {
  const links = (answer.header('link') ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[^,;]+)*)/g);
  for (const [, target = '', parameters = ''] of links) {
    if (/;\s*rel="?next"?/i.test(parameters)) return sameOriginLink(target, answer.url, facts);
  }
  return undefined;
}

/** A link out of a body or a header, for a request with the credential. */
export function sameOriginLink(target: string, from: string, facts: FailureFacts): string {
  const url = URL.canParse(target, from) ? new URL(target, from) : undefined;
  if (url !== undefined) raise(url, new URL(from));
  if (url?.origin === originOf(from)) return url.href;
  throw new Failure('unexpectedAnswer', { ...facts, detail: `the next page is at ${url?.origin ?? 'no address'}` });
}

/** A server behind a TLS proxy may name itself without encryption; the same computer, asked with it, is meant. */
function raise(url: URL, from: URL): void {
  if (url.protocol !== 'http:' || from.protocol !== 'https:' || url.hostname !== from.hostname || url.port !== '')
    return;
  url.protocol = 'https:';
  url.port = from.port;
}
