import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../../core/errors.ts';
import { signInAnswer, type SignInAnswer } from '../../core/model/signInAnswer.ts';
import type { Loopback, OpenLoopback } from '../../ports/loopback.ts';

const path = '/signed-in';

/** Listens on a port that is free, on this computer alone, until it is disposed of. */
export const openLoopback: OpenLoopback = async (page) => {
  const listener = new Listener(page);
  await listener.listen();
  return listener;
};

class Listener implements Loopback {
  readonly #server = createServer((request, response) => this.#take(request, response));
  readonly #waiting = new Map<string, (answer: SignInAnswer) => void>();

  constructor(private readonly page: string) {}

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  get redirectUri(): string {
    return `http://${this.#host}${path}`;
  }

  answer(state: string, signal: AbortSignal): Promise<SignInAnswer> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => reject(new Failure('cancelled'));
      if (signal.aborted) return cancel();
      signal.addEventListener('abort', cancel, { once: true });
      this.#waiting.set(state, (answer) => {
        signal.removeEventListener('abort', cancel);
        resolve(answer);
      });
    });
  }

  dispose(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #host(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Anybody on this computer, and any website, may come by: only who brings the state is heard. */
  #take({ url = '', headers, method }: IncomingMessage, response: ServerResponse): void {
    const given = URL.canParse(url, this.redirectUri) ? new URL(url, this.redirectUri) : undefined;
    const state = given?.searchParams.get('state') ?? '';
    const answered = this.#waiting.get(state);
    const answer = given && signInAnswer(given.searchParams);
    const isOurs = method === 'GET' && headers.host === this.#host && given?.pathname === path;
    if (!isOurs || answered === undefined || answer === undefined) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end();
      return;
    }
    this.#waiting.delete(state);
    const security = { 'content-security-policy': "default-src 'none'", 'referrer-policy': 'no-referrer' };
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', connection: 'close', ...security });
    response.end(`<!doctype html><meta charset="utf-8"><title>${escaped(this.page)}</title><p>${escaped(this.page)}`);
    answered(answer);
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
