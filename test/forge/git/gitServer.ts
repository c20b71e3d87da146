import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gitBackend } from './gitBackend.ts';
import type { GitSandbox } from './gitCommand.ts';
import type { GitRepository } from './gitRepository.ts';

export interface CountedRequest {
  readonly method: string;
  readonly url: string;
  /** `GIT_PROTOCOL` as asked for: `version=2` for reading. */
  readonly protocol: string;
}

/** What goes wrong, switched on by a test and on until switched off. */
export interface ServerFaults {
  /** Every request is answered by this status. */
  status: number | undefined;
  /** Basic auth with this user and password is demanded. */
  credentials: { readonly user: string; readonly password: string } | undefined;
  /** Requests wait for it. */
  hold: Promise<void> | undefined;
  /** The connection is cut when a push's pack arrives: before Git gets it, or after the branch moved. */
  cutPush: 'before' | 'after' | undefined;
  /** Only the first time: curl sends a request again when a kept connection dies under it. */
  cutOnce: boolean;
  /** Runs once when a push's pack arrives, before Git gets it: a teammate who is faster. */
  beforePush: (() => void) | undefined;
}

/** Git's own smart HTTP backend on loopback, with its requests counted. Repositories are found by name. */
export class GitServer {
  readonly requests: CountedRequest[] = [];
  readonly faults: ServerFaults = {
    status: undefined,
    credentials: undefined,
    hold: undefined,
    cutPush: undefined,
    cutOnce: false,
    beforePush: undefined,
  };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly sandbox: GitSandbox) {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(sandbox: GitSandbox): Promise<GitServer> {
    const server = new GitServer(sandbox);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  urlOf(repository: GitRepository): string {
    return `${this.origin}/${repository.name}.git`;
  }

  /** The number of requests that `work` made, and its answer. */
  async count<T>(work: () => Promise<T>): Promise<{ readonly requests: number; readonly answer: T }> {
    const before = this.requests.length;
    const answer = await work();
    return { requests: this.requests.length - before, answer };
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const protocol = String(request.headers['git-protocol'] ?? '');
    this.requests.push({ method: request.method ?? '', url: url.pathname + url.search, protocol });
    const body = await readAll(request);
    const { faults } = this;
    await faults.hold;
    if (faults.status !== undefined) return refuse(response, faults.status);
    if (faults.credentials && !isAuthorised(request, faults.credentials)) return refuse(response, 401);
    const isPush = request.method === 'POST' && url.pathname.endsWith('/git-receive-pack');
    if (isPush) {
      const { beforePush } = faults;
      faults.beforePush = undefined;
      beforePush?.();
    }
    const cut = isPush ? faults.cutPush : undefined;
    if (faults.cutOnce && isPush) faults.cutPush = undefined;
    if (cut === 'before') return void request.socket.destroy();
    const path = decodeURIComponent(url.pathname);
    const { method = '', headers } = request;
    const answer = await gitBackend(this.sandbox, { method, path, query: url.search.slice(1), headers, body });
    if (cut === 'after') return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}

function refuse(response: ServerResponse, status: number): void {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="git"' } : {};
  response.writeHead(status, challenge).end();
}

function isAuthorised(request: IncomingMessage, { user, password }: { user: string; password: string }): boolean {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return request.headers.authorization === expected;
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
