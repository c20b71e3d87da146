import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Renewal } from '../../../../src/app/accounts/renewal.ts';
import { oauthServer } from '../../../../src/hosts/oauth/oauthServer.ts';
import type { Grant } from '../../../../src/ports/oauth.ts';

/** What one window does: told to, it wants a fresh grant of the store that it shares with another process. */
const [, , file = '', origin = ''] = process.argv;

const clock = { now: () => Date.now() };
const timer = {
  after: (milliseconds: number, work: () => void) => {
    const waiting = setTimeout(work, milliseconds);
    return { dispose: () => clearTimeout(waiting) };
  },
};
/** Processes, disks and networks take their time. */
const dawdle = (): Promise<void> => wait(Math.random() * 30);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
const server = oauthServer({ fetch: globalThis.fetch, clock, timer, log } as never, 'gitlab', origin, { id: 'ours' });

const store = {
  read: async (): Promise<Grant> => {
    await dawdle();
    return JSON.parse(await readFile(file, 'utf8')) as Grant;
  },
  write: async (_account: string, grant: Grant): Promise<void> => {
    await dawdle();
    const beside = `${file}.${randomUUID()}`;
    await writeFile(beside, JSON.stringify(grant));
    await rename(beside, file);
  },
};

const renewal = new Renewal({ store, clock, timer });
const renew = async (refreshToken: string): Promise<Grant> => {
  await dawdle();
  const grant = await server.renew(refreshToken, new AbortController().signal);
  await dawdle();
  return grant;
};

process.on('message', () => {
  void renewal.fresh('ada', renew).then(
    (grant) => process.send?.(grant === undefined ? 'signed out' : 'signed in'),
    (error: unknown) => process.send?.(String(error)),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
