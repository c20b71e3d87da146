import type { IncomingHttpHeaders } from 'node:http';

export type Rights = 'write' | 'read' | 'none';

/** A request as a forge's route sees it: whose it is, and what its path says. */
export interface ForgeRequest {
  readonly method: string;
  /** As it was sent, without the query: still encoded. */
  readonly path: string;
  readonly url: URL;
  /** Of the route's path and decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Who the token belongs to; `undefined` only where a route takes requests of nobody. */
  readonly account: string | undefined;
  readonly rights: Rights | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly expires?: string | undefined;
  json(): unknown;
}

export interface ForgeReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object or a list is sent as JSON. */
  readonly body?: string | Uint8Array | object;
}

export interface ForgeRoute {
  readonly method: string;
  /** Below the forge's base: `/repos/{owner}/{repo}/git/trees/{tree_sha}`; `{path+}` takes slashes too. */
  readonly path: string;
  /** In place of the forge's base. */
  readonly base?: string;
  /** The path in the official description where it is another one (`/…`), or why it is in none. */
  readonly operation?: string;
  /** Whether this moves a branch: lost answers and teammates who are faster happen here. */
  readonly commits?: boolean | ((request: ForgeRequest) => boolean);
  /** Whether nobody may ask too: `account` is `undefined` then. */
  readonly anonymous?: boolean;
  /** Whether it sees for itself who asks: tokens of the API are nothing to it. */
  readonly ownCheck?: boolean;
  /** Whether a browser may go there. */
  readonly isPage?: boolean;
  /** Whether the real one is at another site than the API, one that lets no page of other origins read it. */
  readonly otherSite?: boolean;
  /** What is wrong with a request beyond the description, such as a GraphQL document; `[]`: nothing. */
  check?(request: ForgeRequest): readonly string[];
  handle(request: ForgeRequest): ForgeReply | Promise<ForgeReply>;
}

/** Finds the route of a request: the first that fits. */
export class Routes {
  readonly #routes: readonly { readonly route: ForgeRoute; readonly pattern: RegExp }[];

  constructor(routes: readonly ForgeRoute[], base: string) {
    this.#routes = routes.map((route) => ({ route, pattern: pattern((route.base ?? base) + route.path) }));
  }

  find(
    method: string,
    path: string,
  ): { readonly route: ForgeRoute; readonly params: Record<string, string> } | undefined {
    for (const { route, pattern: own } of this.#routes) {
      if (route.method !== method) continue;
      const groups = own.exec(path)?.slice(1);
      if (groups) return { route, params: paramsOf(route.path, groups) };
    }
    return undefined;
  }
}

const parameter = /\{([^}+]+)(\+?)\}/g;

function pattern(template: string): RegExp {
  const source = template
    .split(parameter)
    .map((part, index) =>
      index % 3 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : index % 3 === 1 ? '' : part ? '(.*)' : '([^/]+)',
    );
  return new RegExp(`^${source.join('')}$`);
}

function paramsOf(template: string, values: readonly string[]): Record<string, string> {
  const names = [...template.matchAll(parameter)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}
