import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CredentialPrompt, Credentials } from '../../ports/credentials.ts';
import type { RememberedAnswers } from './rememberedAnswers.ts';

/** The helper program that Git starts: our bundle of `askpassMain.ts`, and the Node that runs it. */
export interface AskpassProgram {
  readonly main: string;
  readonly node: string;
}

/** How a person is asked, where that is possible at all. */
export interface Prompting {
  readonly credentials: Credentials;
  readonly askpass: AskpassProgram;
}

interface AnswererOptions {
  /** Absent: only what is remembered answers. */
  readonly credentials: Credentials | undefined;
  readonly remembered: RememberedAnswers;
  readonly program: AskpassProgram;
  readonly signal: AbortSignal;
}

const questionBytes = 16 * 1024;

/**
 * VS Code's own program is a Node only with the first variable, which nothing else that Git starts should see. The
 * others keep what the person set for their own Node away, and Git for Windows' shell from rewriting paths in questions.
 */
const wrapperScript = `#!/bin/sh
unset NODE_OPTIONS
ELECTRON_RUN_AS_NODE=1
MSYS_NO_PATHCONV=1
export ELECTRON_RUN_AS_NODE MSYS_NO_PATHCONV
exec "$API_SOURCE_CONTROL_NODE" "$API_SOURCE_CONTROL_ASKPASS" "$@"
`;

/** Answers the questions of one Git operation, over a pipe that only its helper knows the secret of. */
export class Answerer {
  readonly #secret = randomBytes(32).toString('hex');
  readonly #closing = new AbortController();
  readonly #signal: AbortSignal;
  readonly #sockets = new Set<Socket>();
  /** Questions since the last verdict, and what the person said or what was remembered. */
  readonly #typed = new Map<string, string>();
  readonly #recalled = new Map<string, string>();
  /** A host key that the person did not confirm was asked for; its text has the fingerprint. */
  refusedHostKey: string | undefined;

  private constructor(
    private readonly options: AnswererOptions,
    private readonly folder: string,
    private readonly server: Server,
  ) {
    this.#signal = AbortSignal.any([options.signal, this.#closing.signal]);
  }

  static async start(options: AnswererOptions): Promise<Answerer> {
    const folder = await mkdtemp(join(tmpdir(), 'asc-'));
    const server = createServer({ allowHalfOpen: true });
    const answerer = new Answerer(options, folder, server);
    server.on('connection', (socket) => answerer.#serve(socket));
    await writeFile(answerer.#wrapper, wrapperScript);
    await chmod(answerer.#wrapper, 0o700);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(answerer.#pipe, resolve);
    });
    return answerer;
  }

  /** What Git's environment needs to find us. */
  get environment(): NodeJS.ProcessEnv {
    return {
      GIT_ASKPASS: this.#wrapper,
      SSH_ASKPASS: this.#wrapper,
      SSH_ASKPASS_REQUIRE: 'force',
      // Older ssh asks by program only where it believes in a display.
      DISPLAY: process.env['DISPLAY'] ?? 'none',
      API_SOURCE_CONTROL_NODE: this.options.program.node,
      API_SOURCE_CONTROL_ASKPASS: this.options.program.main,
      API_SOURCE_CONTROL_ASKPASS_PIPE: this.#pipe,
      API_SOURCE_CONTROL_ASKPASS_SECRET: this.#secret,
    };
  }

  /** Git accepted what it was answered. */
  keepAnswers(): void {
    this.options.remembered.keep(this.#typed);
    this.#typed.clear();
    this.#recalled.clear();
  }

  /** Git did not accept what it was answered. Whether some of it had been remembered. */
  forgetAnswers(): boolean {
    const wasRecalled = this.#recalled.size > 0;
    this.options.remembered.forget(this.#recalled);
    this.#typed.clear();
    this.#recalled.clear();
    return wasRecalled;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** On Windows, Git and its own ssh have their `sh` read it, as they do for VS Code's built-in Git extension. */
  get #wrapper(): string {
    return join(this.folder, 'askpass.sh');
  }

  get #pipe(): string {
    return pipePath(this.folder, this.#secret, process.platform);
  }

  #serve(socket: Socket): void {
    let received = '';
    let isAnswered = false;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.setEncoding('utf8');
    // The helper was ended along with its Git: nobody waits for the answer any more.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (received.length > questionBytes) socket.destroy();
      if (isAnswered || !received.includes('\n')) return;
      isAnswered = true;
      this.#answer(received).then(
        (answer) => socket.end(answer === undefined ? '' : `${answer}\n`),
        () => socket.destroy(),
      );
    });
  }

  async #answer(question: string): Promise<string | undefined> {
    const { secret, text } = JSON.parse(question) as { readonly secret?: unknown; readonly text?: unknown };
    if (typeof secret !== 'string' || typeof text !== 'string' || !sameSecret(secret, this.#secret)) return undefined;
    const prompt = { kind: promptKind(text), text: text.trim() };
    const remembered = this.#recall(prompt.text);
    if (remembered !== undefined) return remembered;
    const answer = await this.options.credentials?.ask(prompt, this.#signal);
    if (prompt.kind === 'hostKey') return this.#trust(prompt.text, answer);
    if (answer !== undefined) this.#typed.set(prompt.text, answer);
    return answer;
  }

  /** The same question a second time means that what was remembered did not do. */
  #recall(question: string): string | undefined {
    const answer = this.#recalled.has(question) ? undefined : this.options.remembered.recall(question);
    if (answer !== undefined) this.#recalled.set(question, answer);
    return answer;
  }

  #trust(question: string, answer: string | undefined): string {
    if (answer === 'yes') return answer;
    this.refusedHostKey = question;
    return 'no';
  }
}

/** A socket below the folder, or a name among the pipes of Windows, which has no folders for them. */
export function pipePath(folder: string, secret: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `\\\\.\\pipe\\asc-${secret.slice(0, 32)}` : join(folder, 'pipe');
}

export function promptKind(text: string): CredentialPrompt['kind'] {
  if (/\(yes\/no/i.test(text)) return 'hostKey';
  if (/^Username\b/i.test(text)) return 'username';
  return /passphrase|\bPIN\b/i.test(text) ? 'passphrase' : 'password';
}

function sameSecret(given: string, own: string): boolean {
  return given.length === own.length && timingSafeEqual(Buffer.from(given), Buffer.from(own));
}
