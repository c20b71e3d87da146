import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One request to GitHub and its answer, as somebody recorded it. */
export interface Recording {
  readonly name: string;
  readonly method: string;
  /** Below the API, with its query. */
  readonly path: string;
  readonly sent: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

interface Cassette {
  readonly http_interactions: readonly {
    readonly request: { readonly method: string; readonly uri: string; readonly body: CassetteBody };
    readonly response: {
      readonly status: { readonly code: number };
      readonly headers: Readonly<Record<string, readonly string[] | string>>;
      readonly body: CassetteBody;
    };
  }[];
}
type CassetteBody = { readonly base64_string?: string; readonly string?: string };

/** All recordings in the folder, whatever the format that their authors keep them in. */
export function recordingsIn(folder: string): readonly Recording[] {
  return [
    ...ofDecap(join(folder, 'recorded-decap-cms.json')),
    ...filesIn(folder, 'octokit-fixtures').flatMap(ofOctokitFixtures),
    ...filesIn(folder, 'octokit.rb').flatMap(ofCassette),
    ...ofGoScm(folder),
  ];
}

function ofDecap(file: string): readonly Recording[] {
  const { exchanges } = read(file) as {
    readonly exchanges: readonly {
      readonly operation: string;
      readonly request: { readonly method: string; readonly url: string; readonly body: string | null };
      readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown };
    }[];
  };
  return exchanges.map(({ operation, request, response }, index) => ({
    name: `decap-cms ${index}: ${operation}`,
    method: request.method,
    path: request.url,
    sent: parsed(request.body ?? ''),
    status: response.status,
    headers: response.headers,
    body: text(response.body),
  }));
}

function ofOctokitFixtures(file: string): readonly Recording[] {
  const exchanges = read(file) as readonly {
    readonly method: string;
    readonly scope: string;
    readonly path: string;
    readonly body: unknown;
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly response: unknown;
    readonly responseIsBinary: boolean;
  }[];
  return exchanges.map(({ method, scope, path, body, status, headers, response, responseIsBinary }, index) => ({
    name: `octokit-fixtures ${nameOf(file)} ${index}: ${method.toUpperCase()} ${scope.replace(/:443$/, '')}${path}`,
    method: method.toUpperCase(),
    path: scope.startsWith('https://api.github.com') ? path : `${scope.replace(/:443$/, '')}${path}`,
    sent: body,
    status,
    headers,
    body: responseIsBinary ? new Uint8Array(Buffer.from(response as string, 'hex')) : text(response),
  }));
}

function ofCassette(file: string): readonly Recording[] {
  const { http_interactions: interactions } = read(file) as Cassette;
  return interactions.map(({ request, response }, index) => ({
    name: `octokit.rb ${nameOf(file)} ${index}: ${request.method.toUpperCase()} ${request.uri}`,
    method: request.method.toUpperCase(),
    path: request.uri.replace('https://api.github.com', ''),
    sent: parsed(textOf(request.body)),
    status: response.status.code,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    // Numbers were masked, too.
    body: textOf(response.body).replaceAll(/:<[A-Z_]+>/g, ':7'),
  }));
}

/** Bodies of live answers, with the request that their author's test makes. */
function ofGoScm(folder: string): readonly Recording[] {
  const index = read(join(folder, 'go-scm.index.json')) as readonly {
    readonly file: string;
    readonly uses: readonly {
      readonly request: string;
      readonly status: number | null;
      readonly headers: Record<string, string>;
    }[];
  }[];
  return index
    .filter(({ file }) => file.startsWith('go-scm-drone/'))
    .flatMap(({ file, uses }) =>
      uses.map(({ request, status, headers }) => {
        const [method = '', path = ''] = request.split(' ');
        const body = readFileSync(join(folder, file), 'utf8');
        return { name: `${file}: ${request}`, method, path, sent: undefined, status: status ?? 200, headers, body };
      }),
    );
}

function filesIn(folder: string, name: string): readonly string[] {
  return readdirSync(join(folder, name))
    .toSorted()
    .map((file) => join(folder, name, file));
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.json'.length);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function text(body: unknown): string {
  return typeof body === 'string' ? body : body === null || body === undefined ? '' : JSON.stringify(body);
}

function textOf({ base64_string: base64, string = '' }: CassetteBody): string {
  return base64 === undefined ? string : Buffer.from(base64, 'base64').toString();
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Some requests are no JSON.
    return body;
  }
}
