import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ApiDescription } from './apiDescription.ts';
import { ForgeFaults, type Fault } from './forgeFaults.ts';
import type { OAuthGrants } from './oauthGrants.ts';
import { Routes, type ForgeReply, type ForgeRequest, type ForgeRoute, type Rights } from './forgeRoute.ts';

export type { Fault } from './forgeFaults.ts';
export type { ForgeReply, ForgeRequest, ForgeRoute, Rights } from './forgeRoute.ts';

export interface ForgeAccount {
  readonly name: string;
  /** `none`: signed in, and sees no repository. */
  readonly rights: Rights;
  /** What the token may do, in the host's words, where it tells. */
  readonly scopes?: readonly string[];
  /** When the token ends: `2027-01-31`. */
  readonly expires?: string;
}

export interface ForgeOptions {
  readonly name: string;
  /** Before every route's path: `/api/v3`. */
  readonly base: string;
  readonly routes: readonly ForgeRoute[];
  readonly description?: ApiDescription;
  /** By token, however it is sent. */
  readonly accounts?: Readonly<Record<string, ForgeAccount>>;
  /** Tokens that the host gave by OAuth. */
  readonly grants?: OAuthGrants;
  /** Whether answers to GET carry an ETag, and 304 is answered to the same one. */
  readonly etags?: boolean;
  /** Headers that pages of other origins may read; absent: pages of other origins get nothing at all (CORS). */
  readonly exposedHeaders?: readonly string[];
  /** To listen on; a free one unless told. */
  readonly port?: number;
  /** The answer to a token that is unknown or missing. */
  unauthorized(request: ForgeRequest): ForgeReply;
}

/** What differs from one start of the same forge to another. */
export type ForgeStart = Partial<Pick<ForgeOptions, 'accounts' | 'port'>>;

export interface CountedRequest {
  readonly method: string;
  /** With its query, as it was sent. */
  readonly path: string;
  /** The template of its route, with its method; `undefined`: there is none. */
  readonly route: string | undefined;
  readonly account: string | undefined;
  readonly hasCredential: boolean;
  /** Whether it would move a branch. */
  commits: boolean;
  /** 0 until it is answered, and when it never is. */
  status: number;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly started: number;
  /** When its answer left; `undefined` until then. */
  ended: number | undefined;
}

/** A host's API over HTTP on loopback: routes, accounts, faults, and a record of all that was asked. */
export class Forge {
  readonly requests: CountedRequest[] = [];
  /** What the official description of the host does not allow, and tokens where they must not be. */
  readonly violations: string[] = [];
  readonly faults = new ForgeFaults();
  readonly #server: Server;
  readonly #routes: Routes;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly options: ForgeOptions) {
    this.#routes = new Routes(options.routes, options.base);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.violations.push(
          `${request.method} ${request.url}: the forge failed: ${String((error as Error).stack ?? error)}`,
        );
        request.socket.destroy();
      });
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options: ForgeOptions): Promise<Forge> {
    const forge = new Forge(options);
    await new Promise<void>((resolve, reject) => {
      forge.#server.once('error', reject);
      forge.#server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return forge;
  }

  get name(): string {
    return this.options.name;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get description(): ApiDescription | undefined {
    return this.options.description;
  }

  get tokens(): readonly string[] {
    return [...Object.keys(this.options.accounts ?? {}), ...(this.options.grants?.tokens ?? [])];
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

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: target = '' } = message;
    const [path = ''] = target.split('?', 1);
    const isNavigation = message.headers['sec-fetch-mode'] === 'navigate';
    if (isNavigation && this.#routes.find(method, path)?.route.isPage !== true) return this.#showPage(target, response);
    // Before a page may send a request, its browser asks whether it may.
    const { 'access-control-request-method': planned } = message.headers;
    const found = this.#routes.find(planned ?? method, path);
    const isShared = this.#shareWithPages(response, found?.route);
    if (planned !== undefined) return void response.writeHead(isShared ? 204 : 405, isShared ? preflight : {}).end();
    const token = tokenOf(message);
    const account = this.#accountOf(token);
    const route = found && `${method} ${found.route.path}`;
    const own = { method, path: target, route, account: account?.name, hasCredential: token !== undefined };
    const counted: CountedRequest = { ...own, commits: false, status: 0, started: performance.now(), ended: undefined };
    this.requests.push(counted);
    const body = await readAll(message);
    const request: ForgeRequest = {
      method,
      path,
      url: new URL(this.origin + target),
      params: found?.params ?? {},
      headers: message.headers,
      body,
      account: account?.name,
      rights: account?.rights,
      scopes: account?.scopes,
      expires: account?.expires,
      json: () => JSON.parse(body.toString()) as unknown,
    };
    counted.commits = isCommit(request, found?.route);
    this.#check(request, found?.route);
    await this.faults.hold;
    if (this.faults.latency > 0) await wait(this.faults.latency);
    const { commits } = counted;
    const fault = this.faults.take(request, commits);
    if (fault === 'dropBefore') return void message.socket.destroy();
    if (typeof fault === 'object' && 'slow' in fault) await wait(fault.slow);
    const reply = isReply(fault) ? fault : await this.#answer(request, found?.route, commits, token === undefined);
    if (fault === 'dropAfter') return void message.socket.destroy();
    counted.ended = performance.now();
    counted.status = this.#send(request, response, reply, fault === 'truncate');
  }

  /** Answers whether pages of other origins may ask. */
  #shareWithPages(response: ServerResponse, route: ForgeRoute | undefined): boolean {
    const { exposedHeaders } = this.options;
    if (exposedHeaders === undefined || route?.otherSite === true) return false;
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', exposedHeaders.join(', '));
    return true;
  }

  /** The API alone is stood in for: a person is told where they would be. */
  #showPage(target: string, response: ServerResponse): void {
    const path = decodeURI(target).replace(/[&<>]/g, (character) => `&#${String(character.charCodeAt(0))};`);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>${this.name}</title><p>This stand-in of ${this.name} has no pages.<p>${path}`);
  }

  #accountOf(token: string | undefined): ForgeAccount | undefined {
    const accounts = this.options.accounts ?? {};
    if (token === undefined) return undefined;
    return Object.hasOwn(accounts, token) ? accounts[token] : this.options.grants?.accountOf(token);
  }

  async #answer(
    request: ForgeRequest,
    route: ForgeRoute | undefined,
    commits: boolean,
    isNobody: boolean,
  ): Promise<ForgeReply> {
    const isOpen =
      this.options.accounts === undefined || route?.ownCheck === true || (isNobody && route?.anonymous === true);
    if (!isOpen && request.account === undefined) return this.options.unauthorized(request);
    if (!route) return { status: 404, body: { message: 'Not Found' } };
    if (commits) {
      const { beforeCommit } = this.faults;
      this.faults.beforeCommit = undefined;
      beforeCommit?.();
    }
    return route.handle(request);
  }

  #send(request: ForgeRequest, response: ServerResponse, reply: ForgeReply, truncate: boolean): number {
    const bytes = bytesOf(reply.body);
    const headers: Record<string, string> = { ...typeOf(reply.body), ...lowerCase(reply.headers) };
    if (this.options.etags && request.method === 'GET' && reply.status === 200) {
      headers['etag'] ??= `W/"${createHash('sha1').update(bytes).digest('hex')}"`;
      if (request.headers['if-none-match'] === headers['etag']) {
        response.writeHead(304, { etag: headers['etag'] }).end();
        return 304;
      }
    }
    // Node refuses a body where there is none; its length is said all the same, so that a cut one is seen.
    const isBodiless = reply.status === 204 || reply.status === 304 || request.method === 'HEAD';
    if (!isBodiless) headers['content-length'] = String(bytes.length + (truncate ? 1 : 0));
    response.writeHead(reply.status, headers);
    if (truncate) response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
    else response.end(isBodiless ? undefined : bytes);
    return reply.status;
  }

  #check(request: ForgeRequest, route: ForgeRoute | undefined): void {
    const say = (what: string) => this.violations.push(`${request.method} ${route?.path ?? request.path}: ${what}`);
    if (!route) say('the forge knows no such path');
    else {
      for (const what of this.options.description?.check(request, route) ?? []) say(what);
      for (const what of route.check?.(request) ?? []) say(what);
    }
    const { href } = request.url;
    for (const token of this.tokens) {
      if (href.includes(token) || href.includes(encodeURIComponent(token))) say('a token is in the address');
    }
  }
}

/** What the clouds answer to a browser that asks whether it may send what a page wants to. */
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'accept, authorization, content-type, if-none-match, private-token, x-github-api-version, x-requested-with',
  'access-control-max-age': '600',
};

function tokenOf({ headers }: IncomingMessage): string | undefined {
  const own = headers['private-token'];
  if (typeof own === 'string') return own;
  const [scheme = '', value] = (headers.authorization ?? '').split(' ', 2);
  if (value === undefined) return undefined;
  if (scheme.toLowerCase() !== 'basic') return value;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

function isCommit(request: ForgeRequest, route: ForgeRoute | undefined): boolean {
  const { commits = false } = route ?? {};
  return typeof commits === 'function' ? commits(request) : commits;
}

function isReply(fault: Fault | undefined): fault is ForgeReply {
  return typeof fault === 'object' && 'status' in fault;
}

function bytesOf(body: ForgeReply['body']): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function typeOf(body: ForgeReply['body']): Record<string, string> {
  if (body === undefined) return {};
  if (body instanceof Uint8Array) return { 'content-type': 'application/octet-stream' };
  return { 'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' };
}

function lowerCase(headers: ForgeReply['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
