// The types are a package's, made from Atlassian's description; no code of it comes along.
import type { paths } from '@coderabbitai/bitbucket/cloud/openapi';
import type { GenericSchema, InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { HttpClient } from '../http/httpClient.ts';
import type { HttpAnswer, HttpRequest } from '../http/httpMessages.ts';
import { sameOriginLink } from '../http/nextLink.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { refusalOf } from './failures.ts';
import { pageOf } from './schemas.ts';

/** The description's paths, and two that replaced what was removed from it in 2026. */
type Operation = keyof paths | '/user/workspaces' | '/user/workspaces/{workspace}/permissions/repositories';

/** The names in braces. */
type Named<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Parameters<Path> = Readonly<Record<Named<Path>, string>>;
type Query = Readonly<Record<string, string | undefined>>;

const prefix = '/repositories/{workspace}/{repo_slug}';
type RepositoryOperation = Operation extends infer Path
  ? Path extends `${typeof prefix}${infer Rest}`
    ? Rest
    : never
  : never;

/** Bitbucket's REST API 2.0: where things are, and how a list goes on. */
export class BitbucketApi {
  /** Full names (`acme/payments`) by id, as far as they were seen: for people, and for pages. */
  readonly #names = new Map<string, string>();

  constructor(
    readonly http: HttpClient,
    private readonly base: string,
  ) {}

  remember(repository: string, name: string): void {
    this.#names.set(repository, name);
  }

  forget(repository: string): void {
    this.#names.delete(repository);
  }

  nameOf(repository: string): string | undefined {
    return this.#names.get(repository);
  }

  facts(repository: string, branch?: string): FailureFacts {
    const facts = { ...this.http.facts, repository: this.nameOf(repository) ?? repository };
    return branch === undefined ? facts : { ...facts, branch };
  }

  url<Path extends Operation>(path: Path, parameters: Parameters<Path>, query: Query = {}): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      inPath((parameters as Record<string, string>)[name]),
    );
    const search = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    );
    return `${this.base}${filled}${search.length === 0 ? '' : `?${search.join('&')}`}`;
  }

  /** `id`: `{workspace}/{repository}` by UUIDs, or the full name. @throws Failure `repositoryNotFound`. */
  repositoryUrl<Path extends RepositoryOperation>(
    id: string,
    path: Path,
    parameters: Parameters<Path>,
    query: Query = {},
  ): string {
    const [workspace = '', slug = '', ...rest] = id.split('/');
    const isName = (text: string): boolean => text !== '' && text !== '.' && text !== '..';
    if (!isName(workspace) || !isName(slug) || rest.length > 0) throw new Failure('repositoryNotFound', this.facts(id));
    const all = { ...parameters, workspace, repo_slug: slug } as unknown as Parameters<Operation>;
    return this.url(`${prefix}${path}` as Operation, all, query);
  }

  /** What a success says. */
  async get<Schema extends GenericSchema>(
    schema: Schema,
    url: string,
    facts: FailureFacts,
    call: CallContext,
    options: Partial<HttpRequest> = {},
  ): Promise<InferOutput<Schema>> {
    return this.read(schema, await this.http.send({ method: 'GET', url, ...options }, call), facts);
  }

  refusal(answer: HttpAnswer, repository: string): Failure {
    return refusalOf(answer, this.facts(repository));
  }

  read<Schema extends GenericSchema>(schema: Schema, answer: HttpAnswer, facts: FailureFacts): InferOutput<Schema> {
    if (answer.status >= 300) throw refusalOf(answer, facts);
    return parseAnswer(schema, answer.json(), facts);
  }

  /** Page after page, by the address that each gives of the next one. */
  async *pages<Item extends GenericSchema>(
    item: Item,
    first: string,
    facts: FailureFacts,
    call: CallContext,
  ): AsyncGenerator<InferOutput<Item>[]> {
    const page = pageOf(item);
    for (let url: string | undefined = first; url !== undefined;) {
      const answer: HttpAnswer = await this.http.send({ method: 'GET', url }, call);
      const { values, next } = this.read(page, answer, facts);
      yield values;
      url = next === undefined || next === '' ? undefined : sameOriginLink(next, answer.url, facts);
    }
  }

  async all<Item extends GenericSchema>(
    item: Item,
    first: string,
    facts: FailureFacts,
    call: CallContext,
  ): Promise<InferOutput<Item>[]> {
    const items: InferOutput<Item>[] = [];
    for await (const values of this.pages(item, first, facts, call)) items.push(...values);
    return items;
  }
}

/** A branch's name and a file's path keep their slashes. */
function inPath(value = ''): string {
  return value.split('/').map(encodeURIComponent).join('/');
}

/** A text in the host's query language. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
