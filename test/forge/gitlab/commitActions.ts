import type { GitMode } from '../git/gitRepository.ts';
import type { CommitEdits } from '../http/forgeGit.ts';

export interface CommitAction {
  readonly action: 'create' | 'update' | 'move' | 'delete' | 'chmod';
  readonly file_path: string;
  readonly content?: string;
  readonly encoding?: 'text' | 'base64';
  readonly last_commit_id?: string;
  readonly execute_filemode?: boolean;
}

interface File {
  readonly mode: string;
  readonly id: string;
}

type Content = { readonly mode: GitMode; readonly bytes: Uint8Array } | { readonly mode: GitMode; readonly id: string };

const exists = 'A file with this name already exists';
const isMissing = "A file with this name doesn't exist";

/** One after the other, as Gitaly does it; the words of a refusal, or what comes out. */
export function applyActions(
  before: ReadonlyMap<string, File>,
  actions: readonly CommitAction[],
): CommitEdits | string {
  const files = new Map<string, Content>(
    [...before].map(([path, { mode, id }]) => [path, { mode: mode as GitMode, id }]),
  );
  const touched = new Set<string>();
  for (const action of actions) {
    const refused = apply(files, action, touched);
    if (refused !== undefined) return refused;
  }
  return new Map([...touched].map((path) => [path, files.get(path) ?? null]));
}

function apply(files: Map<string, Content>, action: CommitAction, touched: Set<string>): string | undefined {
  const { action: what, file_path: path } = action;
  if (path.split('/').some((name) => name === '' || name === '.' || name === '..')) return 'Invalid path';
  const file = files.get(path);
  touched.add(path);
  switch (what) {
    case 'create':
      if (file || parents(path).some((parent) => files.has(parent))) return exists;
      for (const other of files.keys()) if (other.startsWith(`${path}/`)) remove(files, other, touched);
      files.set(path, { mode: '100644', bytes: contentOf(action) });
      return undefined;
    case 'update':
      if (!file) return isMissing;
      files.set(path, { mode: file.mode, bytes: contentOf(action) });
      return undefined;
    case 'delete':
      if (!file) return isMissing;
      remove(files, path, touched);
      return undefined;
    case 'chmod':
      if (!file) return isMissing;
      files.set(path, { ...file, mode: action.execute_filemode === true ? '100755' : '100644' });
      return undefined;
    case 'move':
      return 'Moves are not done here';
  }
}

function remove(files: Map<string, Content>, path: string, touched: Set<string>): void {
  files.delete(path);
  touched.add(path);
}

function parents(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

function contentOf({ content = '', encoding = 'text' }: CommitAction): Uint8Array {
  return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
}
