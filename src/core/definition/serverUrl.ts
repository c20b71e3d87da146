/** A scheme, which may be a variable, and a host, which may be one too. */
const authority = /^(?:(?:[a-z][a-z0-9+.-]*|\{[^{}]*\}):)?\/\/([^/?#]*)/i;

/**
 * What the URL of an OpenAPI server puts in front of every path: `/payments/v2` of `https://api.example.com/payments/v2/`.
 * Relative ones (`/v1`, `v1`, `./v1`) count from the top of whichever server has the definition.
 */
export function basePathOf(url: string): string {
  const path = url
    .replace(authority, '')
    .replace(/[?#].*$/s, '')
    // `{server}/v1`: the variable is the whole beginning.
    .replace(/^\{[^{}]*\}(?=\/|$)/, '');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.map((segment) => `/${segment}`).join('');
}

/** The host with its port, in lower case; `undefined` where there is none, or a variable in it. */
export function hostOf(url: string): string | undefined {
  const host = authority
    .exec(url)?.[1]
    ?.replace(/^[^@]*@/, '')
    .toLowerCase();
  return host === undefined || host === '' || /[{}]/.test(host) ? undefined : host;
}
