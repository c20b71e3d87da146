import path from 'node:path/posix';
import { isBuiltin } from 'node:module';
import type { FindingKind, SourceFile } from './sourceFile.ts';

/** Something that the house does not allow, and why it does not. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

const maxFileLines = 400;
const maxFunctionLines = 80;

/** `room: the rooms that it may import`. A room is a folder of src, or a file that lies there by itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  ports: ['core', 'ports'],
  hosts: ['core', 'ports', 'hosts'],
  adapters: ['core', 'ports', 'adapters'],
  // What differs between Node and the web: each platform brings its own adapters and hosts, and Node the verbs that
  // need Git, which the one file of the web has no room for.
  platform: ['core', 'ports', 'app', 'hosts', 'adapters', 'platform'],
  app: ['core', 'ports', 'app'],
  protocol: ['core', 'protocol'],
  webview: ['protocol', 'webview'],
  vscode: ['core', 'ports', 'app', 'protocol', 'vscode'],
  cli: ['core', 'ports', 'app', 'hosts', 'adapters', 'platform', 'cli'],
  compose: ['core', 'ports', 'app', 'hosts', 'adapters', 'platform', 'protocol', 'vscode'],
  extension: ['compose'],
};

const whyArrows =
  'Rooms know each other in one direction only (core ← ports ← hosts; ports ← app ← vscode ← compose ← extension; ' +
  'protocol ← vscode, webview), so that each can be tested, replaced and read without the ones above it.';

const nodeRooms = ['src/platform/node/', 'src/adapters/disk/', 'src/hosts/git/', 'src/cli/'];
const vscodeRooms = ['src/vscode/', 'src/compose.ts', 'src/extension.ts'];
const pureLibraries = ['yaml', 'jsonc-parser'];

const findingRules: Readonly<Record<Exclude<FindingKind, 'code'>, { what: string; why: string }>> = {
  any: { what: 'says `any`', why: 'It turns the type check off wherever the value goes; `unknown` keeps it on.' },
  enum: { what: 'declares an enum', why: 'A union of strings needs no code and reads well in logs.' },
  defaultExport: { what: 'has a default export', why: 'Everybody names it differently; it cannot be searched for.' },
  reExport: { what: 'exports what another file holds', why: 'Barrels hide who needs what, and breed cycles.' },
  mutableState: {
    what: 'keeps mutable state at module level',
    why: 'Two accounts and two checkouts at once are a core feature: state belongs to an object.',
  },
};

/** Everything in `files` that breaks a rule, in the order of the files. */
export function violations(files: readonly SourceFile[]): readonly Violation[] {
  return [
    ...files.flatMap((file) => [...importRules(file), ...constructRules(file), ...sizeRules(file)]),
    ...cycles(files),
  ];
}

function importRules(file: SourceFile): readonly Violation[] {
  const found: Violation[] = [];
  for (const { specifier, line } of file.imports) {
    const breaks = (why: string): unknown => found.push({ file: file.path, line, what: `imports ${specifier}`, why });
    const target = resolve(file.path, specifier);
    if (target !== undefined) {
      if (!(arrows[roomOf(file.path)] ?? []).includes(roomOf(target))) breaks(whyArrows);
      if (isOtherHost(file.path, target))
        breaks('Hosts are twins that know nothing of each other: share in hosts/http.');
    } else if (specifier === 'vscode') {
      if (!isIn(file.path, vscodeRooms)) breaks('Only src/vscode, compose.ts and extension.ts know the editor.');
    } else if (isBuiltin(specifier)) {
      if (!isIn(file.path, nodeRooms)) breaks('The web bundle has no Node: only rooms of the node platform use it.');
    } else if (roomOf(file.path) === 'core' && !pureLibraries.includes(packageOf(specifier))) {
      breaks(`core is pure: beside its own files it may use ${pureLibraries.join(', ')}.`);
    }
  }
  return found;
}

function constructRules(file: SourceFile): readonly Violation[] {
  return file.findings.flatMap(({ kind, line }): readonly Violation[] => {
    if (kind !== 'code') return [{ file: file.path, line, ...findingRules[kind] }];
    if (roomOf(file.path) !== 'ports') return [];
    return [{ file: file.path, line, what: 'holds code', why: 'A port is what two rooms agree on: types only.' }];
  });
}

/** Long is allowed with a reason in the first line: `// Long because …`. */
function sizeRules(file: SourceFile): readonly Violation[] {
  if (/^(\/\/|\/\*\*?) Long because \S/.test(file.firstLine)) return [];
  const why = 'Nobody holds that much in mind. Split it, or begin the file with "// Long because …".';
  const found: Violation[] = [];
  if (file.lines > maxFileLines) found.push({ file: file.path, line: 1, what: `has ${file.lines} lines`, why });
  for (const { name, line, lines } of file.functions) {
    if (lines > maxFunctionLines) found.push({ file: file.path, line, what: `${name} has ${lines} lines`, why });
  }
  return found;
}

/** Groups of files that import each other in a ring, type imports included. */
function cycles(files: readonly SourceFile[]): readonly Violation[] {
  const known = new Set(files.map(({ path: file }) => file));
  const edges = new Map(
    files.map((file) => [
      file.path,
      file.imports
        .flatMap(({ specifier }) => resolve(file.path, specifier) ?? [])
        .filter((target) => known.has(target)),
    ]),
  );
  const done = new Set<string>();
  const found: Violation[] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      const what = `is in a ring: ${[...trail.slice(start), file].join(' → ')}`;
      found.push({ file, line: 1, what, why: 'Files in a ring can only be understood and changed together.' });
      return;
    }
    if (done.has(file)) return;
    for (const target of edges.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const { path: file } of files) walk(file, []);
  return found;
}

/** The file of the project that an import means; `undefined` for a package. */
function resolve(from: string, specifier: string): string | undefined {
  if (specifier === '#platform') return 'src/platform/node/index.ts';
  return specifier.startsWith('.') ? path.join(path.dirname(from), specifier) : undefined;
}

function roomOf(file: string): string {
  const [, room = ''] = file.split('/');
  return room.replace(/\.ts$/, '');
}

function isOtherHost(from: string, target: string): boolean {
  const host = (file: string): string | undefined => /^src\/hosts\/(\w+)\//.exec(file)?.[1];
  const [own, other] = [host(from), host(target)];
  return own !== undefined && other !== undefined && own !== other && other !== 'http';
}

function isIn(file: string, places: readonly string[]): boolean {
  return places.some((place) => file.startsWith(place));
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
