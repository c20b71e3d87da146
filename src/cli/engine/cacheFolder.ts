import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where copies of repositories are kept between two runs: the person's own cache, which may be deleted at any time. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  return join(cachesOf(env, platform), 'api-source-control', 'mirrors');
}

function cachesOf(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  const chosen = env['XDG_CACHE_HOME'];
  if (chosen !== undefined && chosen.startsWith('/')) return chosen;
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
