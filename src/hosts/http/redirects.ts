import type { HttpAnswer, HttpMethod } from './httpMessages.ts';
import { isSecure } from './webAddress.ts';

/** Where an answer sends the request on; a URL that is none, or one without encryption, is `refused`. */
export type Redirect =
  { readonly kind: 'to'; readonly url: string } | { readonly kind: 'refused'; readonly to: string };

const moved = new Set([301, 302, 303, 307, 308]);

/**
 * `undefined`: not sent on. A request that changes something follows only 307 and 308, which promise that nothing
 * was done yet (RFC 9110, 15.4).
 */
export function redirectOf(answer: HttpAnswer, method: HttpMethod): Redirect | undefined {
  const location = answer.header('location');
  if (!moved.has(answer.status) || location === undefined) return undefined;
  if (method !== 'GET' && method !== 'HEAD' && answer.status < 307) return undefined;
  if (!URL.canParse(location, answer.url)) return { kind: 'refused', to: 'no address' };
  const url = new URL(location, answer.url);
  return isSecure(url) ? { kind: 'to', url: url.href } : { kind: 'refused', to: url.origin };
}
