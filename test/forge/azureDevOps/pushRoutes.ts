import type { CommitEdits, ForgeGit } from '../http/forgeGit.ts';
import { RefRefused, zeros, type ForgeEntry } from '../http/forgeGit.ts';
import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import type { ForgeRepository, Organization } from './organization.ts';
import { inRepository } from './inRepository.ts';
import { needsPermission, rejectedByPolicy, staleReference, unknownCommit, wrongChange } from './problems.ts';

interface Change {
  readonly changeType: string;
  readonly item: { readonly path: string };
  readonly newContent?: { readonly content: string; readonly contentType: string };
}

interface Push {
  readonly refUpdates: readonly { readonly name: string; readonly oldObjectId: string }[];
  readonly commits: readonly { readonly comment: string; readonly changes: readonly Change[] }[];
}

const heads = 'refs/heads/';

/** Commits: one on one branch, whose head is compared; on one that does not exist, where it starts. */
export function pushRoutes(organization: Organization): readonly ForgeRoute[] {
  return [
    inRepository(organization, 'POST', '/pushes', {
      commits: true,
      handle: (repository, request) => pushed(organization, repository, request),
    }),
  ];
}

async function pushed(
  organization: Organization,
  { git, id: repositoryId }: ForgeRepository,
  request: ForgeRequest,
): Promise<ForgeReply> {
  const account = request.account ?? '';
  const { refUpdates, commits } = request.json() as Push;
  const [update] = refUpdates;
  const [commit] = commits;
  if (!update || !commit || refUpdates.length + commits.length > 2 || commit.changes.length === 0) {
    return wrongChange('The request has to hold one branch and one commit with changes.');
  }
  const { name, oldObjectId } = update;
  if (request.rights !== 'write') return needsPermission(account, 'GenericContribute');
  if (organization.protectedRefs.has(name)) return rejectedByPolicy();
  const actual = await git.head(name.slice(heads.length));
  if (actual !== undefined && actual !== oldObjectId) return staleReference(name);
  const parent = oldObjectId === zeros ? undefined : oldObjectId;
  if (parent !== undefined && !(await git.commitObject(parent))) return unknownCommit(parent);
  const edits = await editsOf(git, parent, commit.changes);
  if (!('get' in edits)) return edits;
  const branch = name.slice(heads.length);
  const author = { name: account, email: `${account.replace(' ', '.')}@acme.example` };
  try {
    const made = await git.commit({ branch, expectedHead: actual, parent, edits, message: commit.comment, author });
    const treeId = await git.treeId(made);
    const parents = parent === undefined ? [] : [parent];
    const commitRef = { treeId, commitId: made, comment: commit.comment, parents };
    const refUpdate = { repositoryId, name, oldObjectId: actual ?? zeros, newObjectId: made };
    return { status: 201, body: { commits: [commitRef], refUpdates: [refUpdate], pushId: 83 } };
  } catch (error) {
    if (error instanceof RefRefused) return staleReference(name);
    throw error;
  }
}

/** What each change does, or what is wrong with it. */
async function editsOf(
  git: ForgeGit,
  parent: string | undefined,
  changes: readonly Change[],
): Promise<CommitEdits | ForgeReply> {
  const edits = new Map<
    string,
    Parameters<Map<string, CommitEdits extends ReadonlyMap<string, infer E> ? E : never>['set']>[1]
  >();
  for (const { changeType, item, newContent } of changes) {
    const path = item.path.replace(/^\//, '');
    const entry = parent === undefined ? undefined : await git.entryAt(parent, path);
    const wrong = (await wrongPlace(git, parent, edits, path)) ?? wrongKind(changeType, path, entry);
    if (wrong !== undefined) return wrongChange(wrong);
    if (changeType === 'delete') edits.set(path, null);
    else if (!newContent) return wrongChange('The value of newContent is missing.');
    else {
      const encoding = newContent.contentType.toLowerCase() === 'base64encoded' ? 'base64' : 'utf8';
      const mode = entry && entry.mode !== '040000' ? entry.mode : '100644';
      edits.set(path, { mode, bytes: Buffer.from(newContent.content, encoding) });
    }
  }
  return edits;
}

function wrongKind(changeType: string, path: string, entry: ForgeEntry | undefined): string | undefined {
  if (changeType === 'add') {
    return entry && `The path '/${path}' specified in the add operation already exists.`;
  }
  if (changeType !== 'edit' && changeType !== 'delete') return `The change type ${changeType} is not supported.`;
  if (!entry) return `The path '/${path}' does not exist at the commit.`;
  return changeType === 'edit' && entry.type !== 'blob' ? `The object at '/${path}' is no blob.` : undefined;
}

/** A path is touched once, and is not a file and a folder within one push. */
async function wrongPlace(
  git: ForgeGit,
  parent: string | undefined,
  edits: CommitEdits,
  path: string,
): Promise<string | undefined> {
  if (edits.has(path)) return `Multiple operations on the same file are not supported: /${path}`;
  const folders = path
    .split('/')
    .slice(0, -1)
    .map((_, index, all) => all.slice(0, index + 1).join('/'));
  for (const folder of folders) {
    const entry = parent === undefined ? undefined : await git.entryAt(parent, folder);
    if (edits.has(folder) || (entry && entry.type !== 'tree')) return `A file is treated as a folder: /${folder}`;
  }
  const isFolder = [...edits.keys()].some((other) => other.startsWith(`${path}/`));
  return isFolder ? `Multiple operations on the same path are not supported: /${path}` : undefined;
}
