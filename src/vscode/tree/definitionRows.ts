import type { ApiNode, DefinitionFile } from '../../app/apiNode.ts';
import { folderOf, isBelow, type RepoPath } from '../../core/model/repoPath.ts';
import { idMaker } from './idMaker.ts';
import type {
  DefinitionRow,
  DocumentProblemRow,
  FileRow,
  FolderRow,
  ProblemRow,
  ReferenceProblemRow,
} from './treeRow.ts';

/** Root first, then folders, then files; what stands in no file of the list comes last. */
export function definitionRows(parent: DefinitionRow, node: ApiNode): readonly (FileRow | FolderRow | ProblemRow)[] {
  const files = node.definition?.files ?? [];
  const troubled = troubledFiles(node);
  const root = files.find(({ role }) => role === 'root');
  const rest = files.filter((file) => file !== root);
  // Beside the root, paths read as the references do; elsewhere they are the repository's.
  const home = root === undefined ? '' : folderOf(root.path);
  const near = rest.filter(({ path }) => isBelow(path, home));
  const far = rest.filter(({ path }) => !isBelow(path, home));
  return [
    ...(root === undefined ? [] : [fileRow(parent, root, troubled)]),
    ...byFolder(parent, near, home, troubled),
    ...byFolder(parent, far, '', troubled),
    ...orphanProblems(parent, node, files),
  ];
}

export function folderRows(parent: FolderRow): readonly (FileRow | FolderRow)[] {
  return byFolder(parent, parent.entries, parent.path, parent.troubled);
}

/** References that join nothing, and what is wrong with the document itself. */
export function fileProblemRows(parent: FileRow, node: ApiNode): readonly ProblemRow[] {
  const path = parent.file.path;
  return problemRows(parent, node, (from) => from === path);
}

function orphanProblems(parent: DefinitionRow, node: ApiNode, files: readonly DefinitionFile[]): readonly ProblemRow[] {
  const listed = new Set(files.map(({ path }) => path));
  return problemRows(parent, node, (from) => !listed.has(from));
}

function byFolder(
  parent: DefinitionRow | FolderRow,
  files: readonly DefinitionFile[],
  base: RepoPath | '',
  troubled: ReadonlySet<RepoPath>,
): readonly (FileRow | FolderRow)[] {
  const folders = new Map<string, DefinitionFile[]>();
  const here: DefinitionFile[] = [];
  for (const file of files) {
    const segments = below(file.path, base).split('/');
    const [first] = segments;
    if (segments.length === 1 || first === undefined) here.push(file);
    else mapEntry(folders, first).push(file);
  }
  return [
    ...[...folders]
      .sort(([a], [b]) => compare(a, b))
      .map(([name, entries]) => folderRow(parent, base, name, entries, troubled)),
    ...here.sort((a, b) => compare(a.path, b.path)).map((file) => fileRow(parent, file, troubled)),
  ];
}

/** Which files have rows below them, found once for the whole definition. */
function troubledFiles({ definition }: ApiNode): ReadonlySet<RepoPath> {
  return new Set([
    ...(definition?.references ?? []).map(({ from }) => from),
    ...(definition?.documents ?? []).map(({ path }) => path),
  ]);
}

function mapEntry<K, V>(map: Map<K, V[]>, key: K): V[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: V[] = [];
  map.set(key, made);
  return made;
}

function folderRow(
  parent: DefinitionRow | FolderRow,
  base: RepoPath | '',
  name: string,
  entries: readonly DefinitionFile[],
  troubled: ReadonlySet<RepoPath>,
): FolderRow {
  const label = commonFolder(
    entries.map(({ path }) => below(path, base)),
    name,
  );
  const path = (base === '' ? label : `${base}/${label}`) as RepoPath;
  const id = `${definitionId(parent)}/folder/${path}`;
  return { kind: 'folder', id, api: parent.api, parent, label, path, entries, troubled };
}

/** Goes down while there is exactly one folder and nothing beside it. */
function commonFolder(paths: readonly string[], first: string): string {
  let folder = first;
  for (;;) {
    const next = paths[0]?.slice(folder.length + 1).split('/') ?? [];
    const deeper = `${folder}/${next[0] ?? ''}`;
    if (next.length < 2 || !paths.every((path) => path.startsWith(`${deeper}/`))) return folder;
    folder = deeper;
  }
}

function fileRow(parent: DefinitionRow | FolderRow, file: DefinitionFile, troubled: ReadonlySet<RepoPath>): FileRow {
  const id = `${definitionId(parent)}/file/${file.path}`;
  return { kind: 'definitionFile', id, api: parent.api, parent, file, hasProblems: troubled.has(file.path) };
}

/** A file's id does not depend on how folders are joined for display. */
function definitionId(row: DefinitionRow | FolderRow): string {
  return row.kind === 'definition' ? row.id : definitionId(row.parent);
}

function problemRows(
  parent: DefinitionRow | FileRow,
  node: ApiNode,
  belongs: (path: RepoPath) => boolean,
): readonly ProblemRow[] {
  const uniqueId = idMaker(`${parent.id}/problem`);
  const documents = (node.definition?.documents ?? [])
    .filter(({ path }) => belongs(path))
    .map((problem): DocumentProblemRow => {
      const id = uniqueId(`${problem.path}/${problem.message}`);
      return { kind: 'documentProblem', id, api: parent.api, parent, problem };
    });
  const references = (node.definition?.references ?? [])
    .filter(({ from }) => belongs(from))
    .map((problem): ReferenceProblemRow => {
      // Not the line: an edit above would make it another row.
      const id = uniqueId(`${problem.from}/${problem.target}`);
      return { kind: 'referenceProblem', id, api: parent.api, parent, problem };
    });
  return [...documents, ...references];
}

function below(path: RepoPath, base: RepoPath | ''): string {
  return base === '' ? path : path.slice(base.length + 1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
