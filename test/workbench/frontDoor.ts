import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { freePort } from './freePort.ts';

export interface FrontDoorOptions {
  /** Port of the server behind the door. */
  readonly server: number;
  /** Port to listen on when it is free: the browser keeps state per port. */
  readonly wantedPort?: number;
  /** The server's half of the key that the workbench encrypts secrets with: 32 bytes. */
  readonly secretKey: Uint8Array;
  readonly connectionToken: string;
  /** Ports of this computer whose pages people may be led to. */
  readonly pages?: readonly number[];
  /** Adds to the address of a page what it lacks; `undefined` when it lacks nothing. */
  readonly complete: (url: URL) => URL | undefined;
}

export interface FrontDoor {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A reverse proxy before the VS Code server. It answers `POST /mint-key`, which the bare server does not: without a
 * key the workbench keeps secrets in the page's memory and loses them on reload.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const sockets = new Set<Duplex>();
  const door = createServer((incoming, answer) => handle(incoming, answer, options));
  door.on('upgrade', (incoming, socket, head) => tunnel(incoming, socket, head, options.server));
  door.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await freePort(options.wantedPort);
  await new Promise<void>((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (door.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        door.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function handle(incoming: IncomingMessage, answer: ServerResponse, options: FrontDoorOptions): void {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`);
  if (incoming.method === 'POST' && url.pathname === '/mint-key') {
    mintKey(incoming, answer, options);
    return;
  }
  const page = pageOf(url, options.pages ?? []);
  if (page !== undefined) {
    answer.writeHead(302, { location: page }).end();
    return;
  }
  const completed = incoming.method === 'GET' && url.pathname === '/' ? options.complete(url) : undefined;
  if (completed === undefined) forward(incoming, answer, options.server);
  else answer.writeHead(302, { location: `${completed.pathname}${completed.search}` }).end();
}

/** The workbench leads to pages of this computer by `/proxy/<port>/…`, as if it were another computer's. */
function pageOf({ pathname, search }: URL, ports: readonly number[]): string | undefined {
  const [, port, path] = /^\/proxy\/(\d+)(\/.*)$/.exec(pathname) ?? [];
  return ports.includes(Number(port)) ? `http://127.0.0.1:${port}${path}${search}` : undefined;
}

function mintKey(incoming: IncomingMessage, answer: ServerResponse, options: FrontDoorOptions): void {
  // The server has put the token into this cookie when the page was opened with it.
  const cookies = (incoming.headers.cookie ?? '').split(/;\s*/);
  if (!cookies.includes(`vscode-tkn=${options.connectionToken}`)) answer.writeHead(403).end();
  else answer.writeHead(200, { 'content-type': 'application/octet-stream' }).end(options.secretKey);
}

function forward(incoming: IncomingMessage, answer: ServerResponse, server: number): void {
  const { method, url: path, headers } = incoming;
  const outgoing = request({ host: '127.0.0.1', port: server, method, path, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  outgoing.once('error', () => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502).end('The VS Code server does not answer');
  });
  answer.once('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** A WebSocket is passed on byte for byte, its opening request included. */
function tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer, server: number): void {
  const upstream = connect(server, '127.0.0.1', () => {
    const headers: string[] = [];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      headers.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  const end = (): void => {
    upstream.destroy();
    socket.destroy();
  };
  for (const side of [upstream, socket]) {
    side.once('error', end);
    side.once('close', end);
  }
}
