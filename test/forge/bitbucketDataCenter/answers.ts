import type { CommitObject, ForgeDiff } from '../http/forgeGit.ts';
import type { ForgeReply, ForgeRequest } from '../http/forge.ts';

/** The server's failures, by the name of the Java exception that it tells. */
export function failed(status: number, exception: string, message: string, more: object = {}): ForgeReply {
  const exceptionName = `com.atlassian.bitbucket.${exception}`;
  return { status, body: { errors: [{ context: null, message, exceptionName, ...more }] } };
}

export function unauthorized(request: ForgeRequest): ForgeReply {
  const text = 'Authentication failed. Please check your credentials and try again.';
  const reply = failed(401, 'auth.IncorrectPasswordAuthenticationException', text);
  if (!request.path.includes('/scm/')) return reply;
  return { ...reply, headers: { 'WWW-Authenticate': 'Basic realm="Atlassian Bitbucket"' } };
}

export function notPermitted(): ForgeReply {
  return failed(401, 'AuthorisationException', 'You are not permitted to access this resource');
}

export function noProject(key: string): ForgeReply {
  return failed(404, 'project.NoSuchProjectException', `Project ${key} does not exist.`);
}

export function noRepository(key: string, slug: string): ForgeReply {
  return failed(404, 'repository.NoSuchRepositoryException', `Repository ${key}/${slug} does not exist.`);
}

export function noCommit(revision: string): ForgeReply {
  return failed(404, 'commit.NoSuchCommitException', `Commit '${revision}' does not exist in this repository.`);
}

export function noPath(path: string): ForgeReply {
  return failed(404, 'content.NoSuchPathException', `The path "${path}" does not exist.`);
}

/** One page of a list; `most` is what the server gives at once, `hard` what it gives at all. */
export function page(
  request: ForgeRequest,
  values: readonly unknown[],
  { most, hard }: { readonly most: number; readonly hard?: number | undefined },
): ForgeReply {
  const { searchParams } = request.url;
  const start = Number(searchParams.get('start') ?? 0);
  const limit = Math.min(Number(searchParams.get('limit') ?? 25), most, hard ?? Infinity);
  const isLastPage = start + limit >= values.length;
  const next = isLastPage || hard !== undefined ? null : start + limit;
  const shown = values.slice(start, start + limit);
  return { status: 200, body: { size: shown.length, limit, isLastPage, values: shown, start, nextPageStart: next } };
}

export function commitJson({ id, message, parents, author }: CommitObject): object {
  const person = { name: author.name, emailAddress: author.email };
  return {
    id,
    displayId: id.slice(0, 11),
    author: person,
    committer: person,
    // The server leaves out the line end that editors write.
    message: message.trimEnd(),
    parents: parents.map((parent) => ({ id: parent, displayId: parent.slice(0, 11) })),
  };
}

export function branchJson({ name, id }: { readonly name: string; readonly id: string }, isDefault: boolean): object {
  return {
    id: `refs/heads/${name}`,
    displayId: name,
    type: 'BRANCH',
    latestCommit: id,
    latestChangeset: id,
    isDefault,
  };
}

/** A file that went elsewhere unchanged is told as one move, as the server does. */
export function changesJson(differences: readonly ForgeDiff[]): readonly object[] {
  const moved = new Map<ForgeDiff, ForgeDiff>();
  const gone = differences.filter(({ status }) => status === 'D');
  for (const added of differences.filter(({ status }) => status === 'A')) {
    const from = gone.find((other) => other.oldId === added.newId && ![...moved.values()].includes(other));
    if (from) moved.set(added, from);
  }
  const told = differences.filter((difference) => ![...moved.values()].includes(difference));
  return told.map((difference) => changeJson(difference, moved.get(difference)));
}

function changeJson(difference: ForgeDiff, from: ForgeDiff | undefined): object {
  const { path, status, oldMode, newMode, oldId, newId } = difference;
  const types = { A: 'ADD', M: 'MODIFY', D: 'DELETE', T: 'MODIFY' };
  const source = from ?? difference;
  const hasOld = status !== 'A' || from !== undefined;
  return {
    contentId: status === 'D' ? oldId : newId,
    fromContentId: from ? from.oldId : oldId,
    path: pathJson(path),
    ...(status === 'D' ? {} : { executable: newMode === '100755' }),
    ...(hasOld ? { srcExecutable: source.oldMode === '100755' } : {}),
    ...(from ? { srcPath: pathJson(from.path) } : {}),
    percentUnchanged: from ? 100 : -1,
    type: from ? 'MOVE' : types[status],
    nodeType: (status === 'D' ? oldMode : newMode) === '160000' ? 'SUBMODULE' : 'FILE',
  };
}

function pathJson(path: string): object {
  const components = path.split('/');
  const name = components.at(-1) ?? '';
  return { components, parent: components.slice(0, -1).join('/'), name, toString: path };
}
