/** What a browser came back with from a host's page: a code, or the host's word for a refusal. */
export type SignInAnswer =
  { readonly kind: 'code'; readonly code: string } | { readonly kind: 'refused'; readonly error: string };

/** Reads it from the address (RFC 6749, 4.1.2); `undefined`: it says neither. */
export function signInAnswer(query: URLSearchParams): SignInAnswer | undefined {
  const [code, error] = [query.get('code') ?? '', query.get('error') ?? ''];
  if (code !== '') return { kind: 'code', code };
  return error === '' ? undefined : { kind: 'refused', error };
}
