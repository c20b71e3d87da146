import type { RepoPath } from '../model/repoPath.ts';
import type { TextRange } from './definition.ts';
import { entriesOf, itemsOf, readTree, textOf, treeAt, type TreeEntry, type TreeNode } from './documentTree.ts';
import { NearMisses } from './nearMisses.ts';
import { percentDecoded } from './percentDecoded.ts';
import { resolve } from './resolve.ts';
import { basePathOf, hostOf } from './serverUrl.ts';
import { decodeText } from './text.ts';
import { TextPositions } from './textPositions.ts';

/** One operation of an OpenAPI definition: what may be asked of the API. */
export interface Operation {
  /** Upper case; {@link anyMethod} where a path's operations are in a file that is not there. */
  readonly method: string;
  /** As the definition has it: `/payments/{paymentId}`. */
  readonly path: string;
  /** What its servers put in front of the path, without host and without `/` at the end; may hold `{variables}`. */
  readonly bases: readonly string[];
  readonly file: RepoPath;
  readonly range: TextRange;
}

export interface Operations {
  readonly operations: readonly Operation[];
  /** Lower case, with port; those that are variables are left out. */
  readonly hosts: ReadonlySet<string>;
}

/** The files of a definition. */
export interface OperationSource {
  has(path: RepoPath): boolean;
  read(path: RepoPath): Promise<Uint8Array | undefined>;
}

/** Of a path of which nobody can tell what it answers. */
export const anyMethod = '*';

/** OpenAPI 2.0 to 3.2. */
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** References that lead to references; more are a ring, or nobody's work. */
const mostHops = 50;

/**
 * Every operation of an OpenAPI definition (2.0 to 3.2), paths in other files included. What cannot be read is left
 * out: finding defects is another's work. Webhooks are not here, for nobody asks the API for them.
 */
export async function readOperations(root: RepoPath, source: OperationSource): Promise<Operations> {
  return new OperationReader(source).read(root);
}

/** A node, and the file that it stands in. */
interface Place {
  readonly node: TreeNode | undefined;
  readonly file: RepoPath;
}

interface Chain {
  readonly places: readonly Place[];
  /** Something more was referenced, and is not there. */
  readonly isCutOff: boolean;
}

const nowhere: TextRange = { line: 0, character: 0, endLine: 0, endCharacter: 0 };

interface Document {
  readonly text: string;
  readonly tree: TreeNode | undefined;
}

class OperationReader {
  private readonly documents = new Map<RepoPath, Promise<Document>>();
  private readonly places = new Map<RepoPath, { readonly positions: TextPositions; readonly last: number }>();
  private readonly nearMisses = new NearMisses({ paths: () => [] });
  private readonly found: Operation[] = [];
  private readonly hosts = new Set<string>();

  constructor(private readonly source: OperationSource) {}

  async read(root: RepoPath): Promise<Operations> {
    const { tree } = await this.document(root);
    const servers = serversOf(tree);
    this.meet(servers);
    for (const { node, file } of (await this.chain({ node: treeAt(tree, 'paths'), file: root })).places) {
      for (const [path, { value }] of entriesOf(node)) {
        if (path.startsWith('/')) await this.pathItem(path, { node: value, file }, servers);
      }
    }
    return { operations: this.found, hosts: this.hosts };
  }

  /** The nearest servers count: an operation's own, its path's, the definition's. */
  private async pathItem(path: string, item: Place, above: readonly string[]): Promise<void> {
    const { places, isCutOff } = await this.chain(item);
    const servers = places.map(({ node }) => serversIn(node)).find((urls) => urls.length > 0) ?? above;
    for (const { node, file } of places) {
      for (const [method, entry] of methodsOf(node)) {
        const own = serversIn(entry.value);
        const urls = own.length > 0 ? own : servers;
        this.meet(urls);
        this.found.push({ method, path, bases: basesOf(urls), file, range: await this.range(file, entry) });
      }
    }
    if (isCutOff)
      this.found.push({ method: anyMethod, path, bases: basesOf(servers), file: item.file, range: nowhere });
  }

  private meet(servers: readonly string[]): void {
    for (const url of servers) {
      const host = hostOf(url);
      if (host !== undefined) this.hosts.add(host);
    }
  }

  /** A node, and what it references instead of, or beside, saying it itself. */
  private async chain(start: Place): Promise<Chain> {
    const places = [start];
    for (let at = start; places.length <= mostHops;) {
      const target = textOf(treeAt(at.node, '$ref'));
      if (target === undefined) return { places, isCutOff: false };
      const next = await this.follow(target, at.file);
      if (next?.node === undefined) return { places, isCutOff: true };
      if (places.some(({ node }) => node === next.node)) break;
      places.push(next);
      at = next;
    }
    return { places, isCutOff: false };
  }

  private async follow(target: string, from: RepoPath): Promise<Place | undefined> {
    const resolution = resolve(target, from, this.source, this.nearMisses);
    if (resolution.kind !== 'file' && resolution.kind !== 'itself') return undefined;
    const file = resolution.kind === 'file' ? resolution.path : from;
    const hash = target.indexOf('#');
    const keys = hash < 0 ? [] : pointerKeys(target.slice(hash + 1));
    return { node: nodeAt((await this.document(file)).tree, keys), file };
  }

  private document(path: RepoPath): Promise<Document> {
    const known = this.documents.get(path) ?? this.load(path);
    this.documents.set(path, known);
    return known;
  }

  private async load(path: RepoPath): Promise<Document> {
    const bytes = await this.source.read(path);
    const text = bytes === undefined ? '' : decodeText(bytes);
    return { text, tree: readTree(text) };
  }

  /** Asked in the order of the text, nearly always: then it is passed over once. */
  private async range(file: RepoPath, { start, end }: TreeEntry): Promise<TextRange> {
    const { text } = await this.document(file);
    const known = this.places.get(file);
    const positions = known !== undefined && known.last <= start ? known.positions : new TextPositions(text);
    this.places.set(file, { positions, last: start });
    return positions.range(start, end);
  }
}

function methodsOf(item: TreeNode | undefined): readonly (readonly [string, TreeEntry])[] {
  const entries = entriesOf(item);
  const known = methods.flatMap((method) => {
    const entry = entries.get(method);
    return entry?.value === undefined ? [] : [[method.toUpperCase(), entry] as const];
  });
  const more = [...entriesOf(treeAt(item, 'additionalOperations'))];
  return [...known, ...more.map(([method, entry]) => [method.toUpperCase(), entry] as const)];
}

/** Of a whole definition: `servers`, or what OpenAPI 2.0 has in their place. */
function serversOf(tree: TreeNode | undefined): readonly string[] {
  const host = textOf(treeAt(tree, 'host'));
  const basePath = textOf(treeAt(tree, 'basePath'));
  const old = host === undefined && basePath === undefined ? [] : [`//${host ?? ''}${basePath ?? ''}`];
  return [...serversIn(tree), ...old];
}

/** Addresses of `servers`: as written, and with the defaults of their variables. */
function serversIn(node: TreeNode | undefined): readonly string[] {
  return itemsOf(treeAt(node, 'servers')).flatMap((server) => {
    const url = textOf(treeAt(server, 'url'));
    if (url === undefined) return [];
    const variables = entriesOf(treeAt(server, 'variables'));
    const filled = url.replace(
      /\{([^{}]*)\}/g,
      (written, name: string) => textOf(treeAt(variables.get(name)?.value, 'default')) ?? written,
    );
    return filled === url ? [url] : [url, filled];
  });
}

function basesOf(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.map(basePathOf))].filter((base) => base !== '');
}

/** RFC 6901, in a URI's fragment. */
function pointerKeys(fragment: string): readonly string[] {
  if (fragment === '' || fragment === '/') return [];
  return percentDecoded(fragment)
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nodeAt(tree: TreeNode | undefined, keys: readonly string[]): TreeNode | undefined {
  let at = tree;
  for (const key of keys) at = at?.kind === 'list' ? at.items[Number(key)] : treeAt(at, key);
  return at;
}
