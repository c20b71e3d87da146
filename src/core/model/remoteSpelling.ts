interface Spelled {
  readonly transport: 'web' | 'ssh' | 'file';
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

/**
 * Whether two addresses of Git remotes lead to one repository, however they are spelled: by https or ssh, with or
 * without a user, `.git` or a slash at the end, the host in any case. A port counts only between addresses of one
 * transport, since each has its own.
 */
export function isSameRemote(a: string, b: string): boolean {
  const [one, other] = [spelled(a), spelled(b)];
  if (one === undefined || other === undefined) return a === b;
  const isSamePlace = one.host === other.host && one.path === other.path && one.path !== '';
  if (one.transport === 'file' || other.transport === 'file') return isSamePlace && one.transport === other.transport;
  return isSamePlace && (one.transport !== other.transport || one.port === other.port);
}

function spelled(address: string): Spelled | undefined {
  const text = address.trim();
  const url = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?(\/.*)?$/i.exec(text);
  if (url) {
    const [, scheme = '', host = '', port = '', path = ''] = url;
    return made(transportOf(scheme.toLowerCase()), host, port, path);
  }
  if (/^(?:\/|[A-Za-z]:[\\/])/.test(text)) return made('file', '', '', text.replaceAll('\\', '/'));
  const [, host, path] = /^(?:[^@/:]*@)?(\[[^\]]*\]|[^@/:]+):(.+)$/.exec(text) ?? [];
  return host === undefined || path === undefined ? undefined : made('ssh', host, '', path);
}

function transportOf(scheme: string): Spelled['transport'] {
  if (scheme === 'file') return 'file';
  return scheme === 'http' || scheme === 'https' ? 'web' : 'ssh';
}

function made(transport: Spelled['transport'], host: string, port: string, path: string): Spelled {
  const isUsual = (transport === 'ssh' && port === '22') || (transport === 'web' && port === '443');
  const plain = decoded(path)
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return { transport, host: host.toLowerCase(), port: isUsual ? '' : port, path: plain };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that is meant as one.
    return path;
  }
}
