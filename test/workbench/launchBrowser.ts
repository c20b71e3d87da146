import { chromium as playwright } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { chromium } from './chromium.ts';
import type { Say } from './say.ts';

/** Starts a headless browser that asks nothing of the network by itself. */
export async function launchBrowser(say: Say): Promise<Browser> {
  const { executable, env } = await chromium(say);
  return await playwright.launch({
    executablePath: executable,
    env: { ...(process.env as Record<string, string>), ...env },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
