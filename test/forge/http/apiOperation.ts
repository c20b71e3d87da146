/** JSON Schema, as far as descriptions use it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

export interface ApiParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** One operation of a description, whatever the format it was written in. */
export interface ApiOperation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly ApiParameter[];
  readonly pathParameters: readonly ApiParameter[];
  readonly body?: { readonly required: boolean; readonly byMedia: Readonly<Record<string, Schema | undefined>> };
  /** Schemas of the answers by status; `undefined`: one without a body. */
  readonly answers: Readonly<Record<string, Schema | undefined>>;
}

interface Item {
  readonly [key: string]: unknown;
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'];

/** The operations of an OpenAPI 3 or Swagger 2 document. */
export function operationsOf(document: Item): readonly ApiOperation[] {
  // Azure DevOps: paths that differ in a query parameter only stand apart from the others.
  const paths = [...Object.entries(document['paths'] ?? {}), ...Object.entries(document['x-ms-paths'] ?? {})];
  return paths.flatMap(([path, item]: [string, Item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => operationOf(document, method, path, item, item[method] as Item)),
  );
}

function operationOf(document: Item, method: string, path: string, item: Item, operation: Item): ApiOperation {
  const all = [...list(item['parameters']), ...list(operation['parameters'])].map((one) => resolve(document, one));
  const body = bodyOf(document, operation, all);
  return {
    method: method.toUpperCase(),
    path: path.split('?', 1)[0]!,
    query: all.filter(isIn('query')).map(parameterOf),
    pathParameters: all.filter(isIn('path')).map(parameterOf),
    ...(body ? { body } : {}),
    answers: answersOf(document, operation),
  };
}

function bodyOf(document: Item, operation: Item, parameters: readonly Item[]): ApiOperation['body'] {
  const declared = operation['requestBody'] === undefined ? undefined : resolve(document, operation['requestBody']);
  if (declared) {
    const content = Object.entries((declared['content'] ?? {}) as Record<string, Item>);
    const byMedia = Object.fromEntries(content.map(([media, { schema }]) => [media, schema as Schema | undefined]));
    return { required: declared['required'] === true, byMedia };
  }
  const [inBody] = parameters.filter(isIn('body'));
  if (!inBody) return undefined;
  const media = list(operation['consumes'] ?? ['application/json']) as unknown as readonly string[];
  const schema = inBody['schema'] as Schema;
  return { required: inBody['required'] === true, byMedia: Object.fromEntries(media.map((type) => [type, schema])) };
}

function answersOf(document: Item, operation: Item): ApiOperation['answers'] {
  const answers = Object.entries((operation['responses'] ?? {}) as Record<string, Item>);
  return Object.fromEntries(
    answers.map(([status, answer]) => {
      const { content, schema } = resolve(document, answer) as { content?: Record<string, Item>; schema?: Schema };
      return [status, (content?.['application/json']?.['schema'] as Schema | undefined) ?? schema];
    }),
  );
}

function parameterOf(parameter: Item): ApiParameter {
  const { name, required, schema, in: place, description, ...own } = parameter;
  // Swagger 2 has no `schema`: the keywords stand beside the name.
  void place;
  void description;
  return { name: String(name), required: required === true, schema: (schema ?? own) as Schema };
}

function isIn(place: string): (parameter: Item) => boolean {
  return (parameter) => parameter['in'] === place;
}

function list(value: unknown): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}

/** What a local `$ref` names, or the thing itself. */
export function resolve(document: Item, value: unknown): Item {
  const reference = (value as Item)['$ref'];
  if (typeof reference !== 'string') return value as Item;
  const steps = reference.slice('#/'.length).split('/');
  const found = steps.reduce<unknown>(
    (at, step) => (at as Item)[step.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
  return resolve(document, found);
}
