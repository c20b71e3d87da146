import fc from 'fast-check';

/** A document as data, with references planted in it, before a style of writing was chosen. */
export type Node =
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Node])[] }
  | { readonly kind: 'seq'; readonly items: readonly Node[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'ref'; readonly target: string };

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const target = fc.stringMatching(/^(\.\.?\/)?[a-z]{1,6}(\/[a-z{} é'%-]{0,3}[a-z])?\.(yaml|json)(#\/[a-z]{1,4})?$/);
/** Text that shows references without being one. */
const text = fc.oneof(
  word,
  fc.constantFrom(
    'a\n$ref: no.yaml\nb',
    '$ref: no.yaml',
    '"$ref": "no.json"',
    '# $ref: no',
    '{$ref: no}',
    "it's",
    '',
    ' x ',
    'a: b',
    '- a',
    '*a',
    '|',
    '#',
  ),
);
const key = fc.oneof(
  word,
  fc.constantFrom('x-a', '__proto__', 'description', '/pets/{id}', 'a b', '200', 'a: b', '#a', '', "it's"),
);

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text.map((value): Node => ({ kind: 'text', value })),
    target.map((each): Node => ({ kind: 'ref', target: each })),
    fc
      .uniqueArray(fc.tuple(key, tie('node')), { maxLength: 4, selector: ([name]) => name })
      .map((entries): Node => ({ kind: 'map', entries })),
    fc.array(tie('node'), { maxLength: 4 }).map((items): Node => ({ kind: 'seq', items })),
  ),
}));

/** A document whose outermost node is a mapping or a sequence. */
export const documentNode: fc.Arbitrary<Node> = node.filter(({ kind }) => kind !== 'text');

/** Targets in the order of the text. */
export function planted(of: Node): readonly string[] {
  if (of.kind === 'ref') return [of.target];
  if (of.kind === 'seq') return of.items.flatMap(planted);
  return of.kind === 'map' ? of.entries.flatMap(([, value]) => planted(value)) : [];
}

export function asData(of: Node): unknown {
  if (of.kind === 'ref') return { $ref: of.target };
  if (of.kind === 'text') return of.value;
  if (of.kind === 'seq') return of.items.map(asData);
  return Object.fromEntries(of.entries.map(([name, value]) => [name, asData(value)]));
}

/** Draws one of `count` styles; the writer asks once for each choice that it has. */
export type Choose = (count: number) => number;

/** Writes `of` as YAML by hand, in styles that `choose` decides. */
export function asYaml(of: Node, choose: Choose): string {
  return `${choose(3) === 0 ? '# $ref: no.yaml\n' : ''}${block(of, 0, choose)}`.replaceAll(
    '\n',
    choose(4) === 0 ? '\r\n' : '\n',
  );
}

/** Lines at `indent`, ending with a line break. */
function block(of: Node, indent: number, choose: Choose): string {
  const pad = ' '.repeat(indent);
  if (of.kind === 'ref')
    return block({ kind: 'map', entries: [['$ref', { kind: 'text', value: of.target }]] }, indent, choose);
  if (of.kind === 'map' && of.entries.length > 0) {
    return of.entries.map(([name, value]) => pad + written(name, choose) + colonAnd(value, indent, choose)).join('');
  }
  if (of.kind === 'seq' && of.items.length > 0) {
    return of.items.map((item) => `${pad}-${after(item, indent, choose)}`).join('');
  }
  return `${pad}${flow(of, choose)}\n`;
}

function colonAnd(of: Node, indent: number, choose: Choose): string {
  return `:${after(of, indent, choose)}`;
}

/** What follows a colon or a dash of a collection at `indent`. */
function after(of: Node, indent: number, choose: Choose): string {
  const deeper = indent + 1 + choose(3);
  if (of.kind === 'text') return scalarAfter(of.value, deeper, choose);
  if (choose(4) === 0) return ` ${flow(of, choose)}${choose(2) === 0 ? '' : ' # $ref: no.yaml'}\n`;
  const comment = choose(4) === 0 ? ' # {$ref: no.yaml}' : '';
  return `${comment}\n${choose(5) === 0 ? '\n   # $ref: no.yaml\n' : ''}${block(of, deeper, choose)}`;
}

function scalarAfter(value: string, indent: number, choose: Choose): string {
  const lines = value.split('\n');
  const fitsBlock = value !== '' && lines.every((line) => line !== '' && line.trim() === line);
  if (fitsBlock && choose(3) === 0) {
    const pad = ' '.repeat(indent);
    if (choose(2) === 0) return ` |-\n${lines.map((line) => `${pad}${line}\n`).join('')}`;
    return ` >-\n${lines.map((line) => `${pad}${line}\n`).join('\n')}`;
  }
  if (choose(4) === 0) return `\n${' '.repeat(indent)}${written(value, choose)}\n`;
  return ` ${written(value, choose)}\n`;
}

function flow(of: Node, choose: Choose): string {
  if (of.kind === 'ref') return flow({ kind: 'map', entries: [['$ref', { kind: 'text', value: of.target }]] }, choose);
  if (of.kind === 'text') return quoted(of.value, choose);
  if (of.kind === 'seq') return `[${of.items.map((item) => flow(item, choose)).join(', ')}]`;
  return `{${of.entries.map(([name, value]) => `${quoted(name, choose)}: ${flow(value, choose)}`).join(', ')}}`;
}

const plainSafe = /^[$a-zé./][\w$é./{}%'-]*$/;

/** A scalar on one line in block context. */
function written(value: string, choose: Choose): string {
  const isSafe = plainSafe.test(value) && !/^(?:null|true|false|y|n)$/.test(value);
  return isSafe && choose(3) > 0 ? value : quoted(value, choose);
}

function quoted(value: string, choose: Choose): string {
  if (!value.includes('\n') && choose(2) === 0) return `'${value.replaceAll("'", "''")}'`;
  const json = JSON.stringify(value);
  return choose(3) === 0 ? json.replaceAll('$', '\\u0024').replaceAll('e', '\\x65') : json;
}
