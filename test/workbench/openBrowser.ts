import { spawn } from 'node:child_process';

/** Shows an address in the person's default browser. Resolves to false where there is no such thing (servers). */
export function openBrowser(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('xdg-open', [url], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.once('spawn', () => child.unref());
  });
}
