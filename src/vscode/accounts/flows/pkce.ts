/** What proves that whoever comes back is who went: a state, and PKCE's verifier with its challenge (RFC 7636, S256). */
export interface Proof {
  readonly state: string;
  readonly verifier: string;
  readonly challenge: string;
}

export async function newProof(): Promise<Proof> {
  const verifier = randomText();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { state: randomText(), verifier, challenge: base64Url(new Uint8Array(digest)) };
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
