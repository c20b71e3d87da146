import type { FormCalls, FormField, FormInput, FromForm } from './connectMessages.ts';

/** Longer than any address, path or name that works; a form that sends more is broken or hostile. */
const maxText = 8_192;

type Fields = Readonly<Record<string, unknown>>;
type QuestionParsers = {
  readonly [K in keyof FormCalls]: (question: unknown) => FormCalls[K]['question'] | undefined;
};

const inputFields = [
  'workspaceFolder',
  'name',
  'host',
  'account',
  'owner',
  'repository',
  'branch',
  'rootFile',
  'collectionFolder',
  'localFolder',
] as const satisfies readonly FormField[];

const questions: QuestionParsers = {
  start: (question) => (question === null ? null : undefined),
  accounts: (question) => (question === null ? null : undefined),
  trusted: (question) => (question === null ? null : undefined),
  addToken: (question) => {
    const host = asFields(question)?.host;
    return isText(host) ? { host } : undefined;
  },
  listOwners: (question) => withHost(question, []),
  listRepositories: (question) => withHost(question, ['owner', 'query']),
  findRepository: (question) => withHost(question, ['address', 'workspaceFolder']),
  listBranches: (question) => withHost(question, ['address', 'query']),
  branchContents: (question) => withHost(question, ['address', 'branch', 'workspaceFolder']),
  preview: (question) => {
    const fields = asFields(question);
    const input = parseFormInput(fields?.input);
    if (input === undefined || typeof fields?.interactive !== 'boolean') return undefined;
    return { input, interactive: fields.interactive };
  },
  connect: (question) => {
    const input = parseFormInput(asFields(question)?.input);
    return input && { input };
  },
  act: (question) => {
    const action = asFields(question)?.action;
    return isText(action) ? { action } : undefined;
  },
};

/** Reads a message of the form, which is outside: only what has exactly the right shape comes through, and only that. */
export function parseFromForm(message: unknown): FromForm | undefined {
  const fields = asFields(message);
  if (fields === undefined || !isId(fields.id)) return undefined;
  const { id, kind } = fields;
  if (fields.type === 'cancel') return { type: 'cancel', id };
  if (fields.type !== 'request' || !isKind(kind)) return undefined;
  const question = questions[kind](fields.question);
  // Each kind was read by its own parser; the compiler cannot follow K through the table.
  return question === undefined ? undefined : ({ type: 'request', id, kind, question } as FromForm);
}

/** Reads the form's inputs, from a message or from what the form kept of itself. */
export function parseFormInput(value: unknown): FormInput | undefined {
  return readTexts(asFields(value), inputFields);
}

function withHost<Extra extends string>(question: unknown, extra: readonly Extra[]) {
  const fields = asFields(question);
  const texts = readTexts(fields, ['host', 'account', ...extra] as const);
  if (texts === undefined || typeof fields?.interactive !== 'boolean') return undefined;
  return { ...texts, interactive: fields.interactive };
}

function readTexts<Name extends string>(
  fields: Fields | undefined,
  names: readonly Name[],
): Readonly<Record<Name, string>> | undefined {
  if (fields === undefined) return undefined;
  const entries = names.map((name) => [name, fields[name]] as const);
  if (!entries.every(([, text]) => isText(text))) return undefined;
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** Own properties only: nothing is read from a prototype. */
function asFields(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxText;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isKind(value: unknown): value is keyof FormCalls {
  return typeof value === 'string' && Object.hasOwn(questions, value);
}
