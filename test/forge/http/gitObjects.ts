import type { GitMode } from '../git/gitRepository.ts';

export type ForgeEntryType = 'blob' | 'tree' | 'commit';

export interface TreeItem {
  readonly name: string;
  /** `040000` for a folder, as `git ls-tree` says it. */
  readonly mode: GitMode | '040000';
  readonly type: ForgeEntryType;
  readonly id: string;
}

export interface CommitObject {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

/** The names in a tree object, in Git's order. */
export function parseTree(bytes: Buffer): readonly TreeItem[] {
  const items: TreeItem[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0') as TreeItem['mode'];
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    items.push({
      name: bytes.toString('utf8', space + 1, end),
      mode,
      type,
      id: bytes.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return items;
}

export function parseCommit(id: string, bytes: Buffer): CommitObject {
  const text = bytes.toString();
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const all = (name: string) =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    id,
    tree: all('tree')[0]!,
    parents: all('parent'),
    author: parseSignature(all('author')[0]!),
    committer: parseSignature(all('committer')[0]!),
    message: text.slice(end + 2),
  };
}

function parseSignature(line: string): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000) };
}
