import type { InferOutput } from 'valibot';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { TreeEntryKind } from '../../core/model/snapshot.ts';
import type { CallContext, TreeChange } from '../../ports/repositoryHost.ts';
import { CutShort, type DataCenterApi, type Query } from './api.ts';
import type { History } from './history.ts';
import { changeSchema } from './schemas.ts';

/** Servers give no more at once, whatever is asked. */
const pageSize = 1_000;

/** A path on one side of a comparison. Links cannot be told from files. */
interface Side {
  readonly kind: TreeEntryKind;
  readonly content: string | undefined;
}

interface Difference {
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

export type Differences = ReadonlyMap<RepoPath, Difference>;

/**
 * What differs between any two commits. The server compares with where two commits parted, so that a commit that is
 * no descendant takes a comparison on each side of that point. `undefined`: they have no commit in common, or the
 * server gives only the beginning.
 */
export async function differences(
  api: DataCenterApi,
  history: History,
  repository: string,
  { from, to }: { readonly from: CommitId; readonly to: CommitId },
  call: CallContext,
): Promise<Differences | undefined> {
  if (from === to) return new Map();
  const base = history.isParent(from, to) ? from : await history.mergeBase(repository, from, to, call);
  if (base === undefined) return undefined;
  try {
    const forth = base === to ? new Map() : await compare(api, repository, base, to, call);
    const back = base === from ? new Map() : await compare(api, repository, base, from, call);
    return across(back, forth);
  } catch (error) {
    if (error instanceof CutShort) return undefined;
    throw error;
  }
}

export function treeChanges(found: Differences): readonly TreeChange[] {
  return Array.from(found, ([path, { before, after }]): TreeChange => {
    if (after === undefined) return { path, kind: 'deleted' };
    return { path, kind: before === undefined ? 'added' : 'modified', to: { kind: after.kind } };
  });
}

async function compare(
  api: DataCenterApi,
  repository: string,
  base: CommitId,
  head: CommitId,
  call: CallContext,
): Promise<Differences> {
  const found = new Map<RepoPath, Difference>();
  const address = (page: Query): string =>
    api.repositoryUrl(repository, '/compare/changes', [['from', head], ['to', base], ...page]);
  for await (const page of api.pages(changeSchema, address, pageSize, call, api.facts(repository))) {
    for (const change of page) note(found, change);
  }
  return found;
}

function note(found: Map<RepoPath, Difference>, change: InferOutput<typeof changeSchema>): void {
  const { type, nodeType, path, srcPath, contentId, fromContentId, executable, srcExecutable } = change;
  if (nodeType === 'DIRECTORY') return;
  const name = joined(path);
  const after = { kind: kindOf(nodeType, executable), content: contentId ?? undefined };
  const before = { kind: kindOf(nodeType, srcExecutable ?? executable), content: fromContentId ?? undefined };
  const set = (at: RepoPath, sides: Partial<Difference>): void => {
    found.set(at, { before: undefined, after: undefined, ...found.get(at), ...sides });
  };
  if (type === 'DELETE') set(name, { before });
  else if (type === 'ADD' || type === 'COPY') set(name, { after });
  else if (type === 'MOVE' && srcPath) {
    set(joined(srcPath), { before });
    set(name, { after });
  } else set(name, { before, after });
}

function kindOf(nodeType: 'FILE' | 'SUBMODULE', executable: boolean | null | undefined): TreeEntryKind {
  if (nodeType === 'SUBMODULE') return 'submodule';
  return executable === true ? 'executable' : 'regular';
}

function joined({ components }: { readonly components: readonly string[] }): RepoPath {
  return components.join('/') as RepoPath;
}

/** From one side through the common point to the other. */
function across(back: Differences, forth: Differences): Differences {
  const found = new Map<RepoPath, Difference>();
  for (const path of new Set([...back.keys(), ...forth.keys()])) {
    const there = forth.get(path);
    const here = back.get(path);
    const before = here === undefined ? there?.before : here.after;
    const after = there === undefined ? here?.before : there.after;
    if (!isSame(before, after)) found.set(path, { before, after });
  }
  return found;
}

function isSame(a: Side | undefined, b: Side | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.content !== undefined && a.content === b.content && a.kind === b.kind;
}
