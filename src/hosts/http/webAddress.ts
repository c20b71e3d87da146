const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a server's name is one of this computer itself. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/** Whether a credential may travel there at all: encrypted, or within this computer. */
export function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** @throws TypeError for a text that is no absolute URL. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/** A page of the host that may be offered to a person: encrypted, at the host itself, without credentials. */
export function safeLink(text: string | undefined, origin: string): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '';
  return isPlain && isSecure(url) && isSameSite(url.hostname, originOf(origin)) ? url.href : undefined;
}

/** `github.com` and everything below it; a parent domain is somebody else's. */
function isSameSite(hostname: string, origin: string): boolean {
  const own = new URL(origin).hostname;
  return hostname === own || hostname.endsWith(`.${own}`);
}
