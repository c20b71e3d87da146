import type { GitMode } from '../git/gitRepository.ts';

/** By path; `null` deletes. `id` in place of bytes: a blob that is there already, or a submodule's commit. */
export type CommitEdits = ReadonlyMap<
  string,
  { readonly mode: GitMode; readonly bytes: Uint8Array } | { readonly mode: GitMode; readonly id: string } | null
>;

/** The input of `git fast-import` for one commit, whose id it prints. */
export function fastImport(
  ref: string,
  request: {
    readonly parent: string | undefined;
    readonly edits: CommitEdits;
    readonly message: string;
    readonly author?: { readonly name: string; readonly email: string };
  },
): Buffer {
  const { name, email } = request.author ?? { name: 'Ada Person', email: 'ada@example.com' };
  const parts: (string | Uint8Array)[] = [`commit ${ref}\nmark :1\n`, `committer ${name} <${email}> now\n`];
  parts.push(...data(Buffer.from(request.message)));
  if (request.parent !== undefined) parts.push(`from ${request.parent}\n`);
  // Deletions first: a file may make room for a folder of its name.
  const edits = [...request.edits].toSorted(([, a], [, b]) => Number(a !== null) - Number(b !== null));
  for (const [path, edit] of edits) {
    if (edit === null) parts.push(`D ${quoted(path)}\n`);
    else if ('id' in edit) parts.push(`M ${edit.mode} ${edit.id} ${quoted(path)}\n`);
    else parts.push(`M ${edit.mode} inline ${quoted(path)}\n`, ...data(edit.bytes));
  }
  parts.push('get-mark :1\n');
  return Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array)));
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function data(bytes: Uint8Array): readonly (string | Uint8Array)[] {
  return [`data ${bytes.length}\n`, bytes, '\n'];
}
