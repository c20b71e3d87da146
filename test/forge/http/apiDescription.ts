import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { dataFolder } from '../../data/dataFolder.ts';
import { operationsOf, type ApiOperation, type ApiParameter, type Schema } from './apiOperation.ts';
import { standaloneSchema, type SchemaUse } from './closedSchema.ts';
import type { ForgeReply, ForgeRequest, ForgeRoute } from './forgeRoute.ts';
import { exampleOf, operationOf, type KeptOperation } from './keptOperations.ts';

/** A place where the official description is known to be wrong. `*` for any method or path, or at the end of `what`. */
export interface ApiException {
  readonly method: string;
  readonly path: string;
  /** As the check says it: `query parameter pagelen is unknown`. */
  readonly what: string;
  /** The recording or page that proves it. */
  readonly why: string;
}

export interface ApiDescriptionOptions {
  /** What the description's paths have before those of the routes. */
  readonly strip?: string;
  /** Used where the description is not at hand. */
  readonly kept?: readonly KeptOperation[];
  readonly exceptions?: readonly ApiException[];
}

/** What is checked of a request, beside its path. */
interface Sent {
  readonly query: URLSearchParams;
  readonly media: string | undefined;
  readonly body: () => unknown;
}

/** What a host's official description allows. */
export class ApiDescription {
  /** Requests that were checked, by method and path. */
  readonly checked = new Map<string, number>();
  /** The exceptions that were needed. */
  readonly needed = new Set<ApiException>();
  readonly exceptions: readonly ApiException[];
  /** Routes that no description has, with the reason. */
  readonly undescribed = new Map<string, string>();
  readonly #operations = new Map<string, ApiOperation[]>();
  readonly #schemas = new Map<Schema, ValidateFunction>();
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, validateSchema: false });

  private constructor(
    private readonly document: Readonly<Record<string, unknown>>,
    operations: readonly ApiOperation[],
    private readonly options: ApiDescriptionOptions,
  ) {
    this.exceptions = options.exceptions ?? [];
    for (const operation of operations) {
      const key = keyOf(operation.method, withoutPrefix(operation.path, options.strip));
      this.#operations.set(key, [...(this.#operations.get(key) ?? []), operation]);
    }
  }

  /** The description of this name, or what is kept of it by hand. */
  static load(name: string, options: ApiDescriptionOptions = {}): ApiDescription {
    return ApiDescription.official(name, options) ?? ApiDescription.kept(options);
  }

  /** `undefined` where it is not at hand. GitHub's comes with a package. */
  static official(name: string, options: ApiDescriptionOptions = {}): ApiDescription | undefined {
    const folder = dataFolder('api-descriptions');
    const path = name === 'github.json' ? githubDescription : folder && join(folder, name);
    if (path === undefined || !existsSync(path)) return undefined;
    const known = official.find((one) => one.path === path && isSame(one.description.options, options));
    if (known) return known.description;
    const document = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const description = new ApiDescription(document, operationsOf(document), options);
    official.push({ path, description });
    return description;
  }

  /** Only what is kept by hand. */
  static kept(options: ApiDescriptionOptions): ApiDescription {
    const operations = (options.kept ?? []).map(operationOf);
    return new ApiDescription({}, operations, { ...options, strip: '' });
  }

  /** What is wrong with a request. */
  check(request: ForgeRequest, route: ForgeRoute): readonly string[] {
    const path = this.#pathOf(route);
    if (path === undefined) return [];
    const count = this.checked.get(`${request.method} ${path}`) ?? 0;
    this.checked.set(`${request.method} ${path}`, count + 1);
    const media = request.headers['content-type']?.split(';', 1)[0]?.trim();
    const sent = {
      query: request.url.searchParams,
      media: request.body.length > 0 ? media : undefined,
      body: request.json,
    };
    return this.#problems(request.method, path, sent);
  }

  /** What is wrong with an answer: its status, and a JSON body. */
  checkAnswer(request: ForgeRequest, route: ForgeRoute, reply: ForgeReply, use: SchemaUse): readonly string[] {
    const path = this.#pathOf(route);
    const [operation] = (path && this.#operations.get(keyOf(request.method, path))) || [];
    if (!path || !operation) return [];
    if (!Object.hasOwn(operation.answers, reply.status)) {
      return this.#withoutExceptions(request.method, path, [`answer ${reply.status} is not described`]);
    }
    const schema = operation.answers[reply.status];
    if (!schema || typeof reply.body !== 'object' || reply.body instanceof Uint8Array) return [];
    return this.#withoutExceptions(
      request.method,
      path,
      this.#invalid(`answer ${reply.status}`, schema, reply.body, use),
    );
  }

  /** What was checked, in a few lines for a person to read. */
  report(): string {
    const requests = [...this.checked.values()].reduce((sum, count) => sum + count, 0);
    const lines = [`${requests} requests of ${this.checked.size} operations checked`];
    for (const [route, why] of this.undescribed) lines.push(`in no description: ${route} (${why})`);
    lines.push(`${this.needed.size} of ${this.exceptions.length} exceptions needed`);
    for (const one of this.exceptions) {
      const mark = this.needed.has(one) ? '' : ' (not needed)';
      lines.push(`${one.method} ${one.path}: ${one.what}${mark} — ${one.why}`);
    }
    return lines.join('\n  ');
  }

  /** What the official description would say to the operations that are kept by hand, used to the full and to the least. */
  differences(): readonly string[] {
    return (this.options.kept ?? []).flatMap((operation) =>
      (['whole', 'least'] as const).flatMap((extent) => this.#differences(operation, extent)),
    );
  }

  #differences(
    { method, path, query = {}, required = [], body }: KeptOperation,
    extent: 'whole' | 'least',
  ): readonly string[] {
    const names = extent === 'whole' ? Object.keys(query) : required;
    const example = (name: string): string => String(exampleOf(query[name] ?? 'string', extent));
    const sent: Sent = {
      query: new URLSearchParams(names.map((name) => [name, example(name)])),
      media: body?.media,
      body: () => body?.type && exampleOf(body.type, extent),
    };
    return this.#problems(method, path, sent).map((what) => `${method} ${path}: ${what}`);
  }

  #pathOf(route: ForgeRoute): string | undefined {
    const { operation = route.path } = route;
    if (operation.startsWith('/')) return operation;
    this.undescribed.set(`${route.method} ${route.path}`, operation);
    return undefined;
  }

  #problems(method: string, path: string, sent: Sent): readonly string[] {
    const operations = this.#operations.get(keyOf(method, path)) ?? [];
    const found = operations.map((operation) => this.#problemsWith(operation, sent));
    // Of several that share a path, the request was meant for the one that it fits best.
    const [problems = ['is not described']] = found.toSorted((a, b) => a.length - b.length);
    return this.#withoutExceptions(method, path, problems);
  }

  #problemsWith(operation: ApiOperation, { query, media, body }: Sent): readonly string[] {
    const known = new Map(operation.query.map((parameter) => [parameter.name, parameter]));
    const unknown = [...new Set(query.keys())].filter((name) => !known.has(name));
    const missing = operation.query.filter(({ name, required }) => required && !query.has(name));
    return [
      ...unknown.map((name) => `query parameter ${name} is unknown`),
      ...missing.map(({ name }) => `query parameter ${name} is missing`),
      ...operation.query.flatMap((parameter) => this.#wrongValues(parameter, query.getAll(parameter.name))),
      ...this.#wrongBody(operation, media, body),
    ];
  }

  #wrongValues({ name, schema }: ApiParameter, values: readonly string[]): readonly string[] {
    if (values.length === 0) return [];
    const isList = schema['type'] === 'array';
    if (!isList && values.length > 1) return [`query parameter ${name} is there more than once`];
    const items = (schema['items'] ?? {}) as Schema;
    const value = isList
      ? values.flatMap((one) => one.split(',')).map((one) => typed(one, items))
      : typed(values[0]!, schema);
    return this.#invalid(`query parameter ${name}`, schema, value, 'request');
  }

  #wrongBody({ body }: ApiOperation, media: string | undefined, content: () => unknown): readonly string[] {
    if (media === undefined) return body?.required ? ['body is missing'] : [];
    if (!body) return ['body is unknown'];
    if (!Object.hasOwn(body.byMedia, media)) return [`media type ${media} is unknown`];
    const schema = body.byMedia[media];
    if (!schema || !/[/+]json$/.test(media)) return [];
    return this.#invalid('body', schema, content(), 'request');
  }

  #invalid(where: string, schema: Schema, value: unknown, use: SchemaUse): readonly string[] {
    const validate = this.#schemas.get(schema) ?? this.#ajv.compile(standaloneSchema(this.document, schema, use));
    this.#schemas.set(schema, validate);
    if (validate(value)) return [];
    const said = (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const field = String(params['unevaluatedProperty'] ?? params['additionalProperty'] ?? '');
      const place = `${instancePath}${field && `/${field}`}`.replaceAll(/\/\d+(?=\/|$)/g, '/*');
      return `${where}${place && ` ${place}`} ${field ? 'is unknown' : message}`;
    });
    return [...new Set(said)];
  }

  #withoutExceptions(method: string, path: string, problems: readonly string[]): readonly string[] {
    return problems.filter((what) => {
      const exception = this.exceptions.find((one) => isMeant(one, method, path, what));
      if (exception) this.needed.add(exception);
      return !exception;
    });
  }
}

/** Megabytes each, and every test starts a forge: what was read and compiled is kept for as long as tests run. */
const official: { readonly path: string; readonly description: ApiDescription }[] = [];

function isSame(a: ApiDescriptionOptions, b: ApiDescriptionOptions): boolean {
  return a.strip === b.strip && a.kept === b.kept && a.exceptions === b.exceptions;
}

const githubDescription = fileURLToPath(
  new URL('../../../node_modules/@octokit/openapi/generated/api.github.com.json', import.meta.url),
);

/** Names of path parameters differ between routes and descriptions; their places do not. */
function keyOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

function withoutPrefix(path: string, prefix = ''): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

function isMeant(exception: ApiException, method: string, path: string, what: string): boolean {
  const isSame = (own: string, other: string) => own === '*' || own === other;
  if (!isSame(exception.method, method)) return false;
  if (exception.path !== '*' && keyOf('', exception.path) !== keyOf('', path)) return false;
  return exception.what.endsWith('*') ? what.startsWith(exception.what.slice(0, -1)) : exception.what === what;
}

/** A text of the query as the type that it stands for; unchanged where it does not. */
function typed(text: string, schema: Schema): unknown {
  const { type } = schema;
  if (type === 'integer' || type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
