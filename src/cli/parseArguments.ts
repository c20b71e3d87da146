import { parseArgs } from 'node:util';
import { UsageError } from './refusal.ts';

export type OutputFormat = 'text' | 'json' | 'github';

interface Target {
  /** As it was given; `.` where none was. */
  readonly folder: string;
  /** Names or ids; empty: every API. */
  readonly apis: readonly string[];
}

/** What a person asks for. */
export type Request =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | (Target & { readonly command: 'status'; readonly format: 'text' | 'json' })
  | (Target & { readonly command: 'check'; readonly format: OutputFormat; readonly strict: boolean })
  | (Target & { readonly command: 'pull' })
  | (Target & { readonly command: 'push'; readonly message: string });

type CommandName = Exclude<Request['command'], 'help' | 'version'>;

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  api: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  format: { type: 'string' },
  strict: { type: 'boolean' },
  message: { type: 'string', short: 'm' },
} as const;

type OptionName = keyof typeof options;

const known: Readonly<Record<CommandName, readonly OptionName[]>> = {
  status: ['api', 'json'],
  check: ['api', 'json', 'format', 'strict'],
  pull: ['api'],
  push: ['api', 'message'],
};

/** @throws UsageError that says what is wrong. */
export function parseArguments(args: readonly string[]): Request {
  const { values, positionals } = parse(args);
  if (values.help === true) return { command: 'help' };
  if (values.version === true) return { command: 'version' };
  const [name, folder = '.', ...more] = positionals;
  if (name === undefined) throw new UsageError('Say what to do: status, check, pull or push.');
  if (name === 'help') return { command: 'help' };
  if (!isCommand(name)) throw new UsageError(`There is no command “${name}”. There are status, check, pull and push.`);
  if (more.length > 0) throw new UsageError(`“${name}” takes one folder, and there are ${String(more.length + 1)}.`);
  const stray = (Object.keys(values) as OptionName[]).find((option) => !known[name].includes(option));
  if (stray !== undefined) throw new UsageError(`“${name}” has no option “--${stray}”.`);
  const target = { folder, apis: values.api ?? [] };
  switch (name) {
    case 'status':
      return { command: name, ...target, format: values.json === true ? 'json' : 'text' };
    case 'check':
      return { command: name, ...target, format: formatOf(values), strict: values.strict === true };
    case 'pull':
      return { command: name, ...target };
    case 'push':
      return { command: name, ...target, message: messageOf(values.message) };
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence = error.message] = error.message.split(/(?<=\S)\. /);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`, { cause: error });
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(known, name);
}

function formatOf({ json, format }: { readonly json?: boolean; readonly format?: string }): OutputFormat {
  if (json === true && format !== undefined && format !== 'json') {
    throw new UsageError(`“--json” and “--format ${format}” contradict each other.`);
  }
  if (json === true) return 'json';
  if (format === undefined || format === 'text' || format === 'json' || format === 'github') return format ?? 'text';
  throw new UsageError(`There is no format “${format}”. There are text, json and github.`);
}

function messageOf(message: string | undefined): string {
  if (message !== undefined && message.trim() !== '') return message;
  throw new UsageError('Say what you changed: push -m "…".');
}
