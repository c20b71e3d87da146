import { RefRefused } from '../http/forgeGit.ts';
import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import { applyActions, type CommitAction } from './commitActions.ts';
import { canPush, inProject } from './inProject.ts';
import type { ForgeProject, Instance } from './instance.ts';
import { describedCommit } from './objects.ts';
import { forbidden, problem } from './problems.ts';

interface CommitBody {
  readonly branch: string;
  readonly commit_message: string;
  readonly actions: readonly CommitAction[];
  readonly start_sha?: string;
  readonly start_branch?: string;
}

/** `POST repository/commits`, with the checks of GitLab's own services, in their order and in their words. */
export function commitRoutes(instance: Instance): readonly ForgeRoute[] {
  return [
    inProject(instance, 'POST', '/repository/commits', {
      commits: true,
      // It would move a branch over the commits of others.
      check: (request) => (/"force"/.test(request.body.toString()) ? ['force is sent'] : []),
      handle: (project, request) => commit(instance, project, request),
    }),
  ];
}

async function commit(instance: Instance, project: ForgeProject, request: ForgeRequest): Promise<ForgeReply> {
  const body = request.json() as CommitBody;
  if (!canPush(project, body.branch, request)) return forbidden('You are not allowed to push into this branch');
  const refused = (await wrongStart(project, body)) ?? (await changedFile(project, body));
  if (refused) return refused;
  const { inRaceWindow } = instance;
  instance.inRaceWindow = undefined;
  inRaceWindow?.();
  return write(project, body, request);
}

/** Where the commit begins, and whether it may. */
async function wrongStart(project: ForgeProject, body: CommitBody): Promise<ForgeReply | undefined> {
  const { git } = project;
  const { branch, start_sha: startSha } = body;
  const startBranch = startBranchOf(body);
  if (startSha !== undefined && (await git.commitObject(startSha)) === undefined) {
    return problem(400, `Cannot find start_sha '${startSha}'`);
  }
  if ((await git.branches()).length === 0) return undefined;
  if (startBranch !== undefined && (await git.head(startBranch)) === undefined) {
    return problem(400, 'You can only create or edit files when you are on a branch');
  }
  const isOther = startBranch !== branch;
  if (isOther && (await git.head(branch)) !== undefined) {
    const words = `A branch called '${branch}' already exists. Switch to that branch in order to make changes`;
    return problem(400, words);
  }
  return undefined;
}

/**
 * The commit that touched a path last on the branch, against the one that did as seen from `last_commit_id`. A path
 * that one of the two never had is not compared. Without a branch to start from, it is the default branch.
 */
async function changedFile(project: ForgeProject, body: CommitBody): Promise<ForgeReply | undefined> {
  const { git, defaultBranch } = project;
  const start = await git.head(startBranchOf(body) ?? defaultBranch);
  const lastTouch = async (to: string | undefined, path: string) =>
    to === undefined ? undefined : (await git.log({ to, limit: 1, path }))[0]?.id;
  for (const { action, file_path: path, last_commit_id: seen } of body.actions) {
    if (action === 'create' || seen === undefined) continue;
    const here = await lastTouch(start, path);
    const there = await lastTouch(await git.resolve(seen), path);
    if (here === undefined || there === undefined || here === there) continue;
    return problem(
      400,
      `You are attempting to update a file \`${path}\` that has changed since you started editing it.`,
    );
  }
  return undefined;
}

/** On whatever the branch is by now. */
async function write({ git }: ForgeProject, body: CommitBody, request: ForgeRequest): Promise<ForgeReply> {
  const { branch, commit_message: message, actions, start_sha: startSha } = body;
  const expectedHead = await git.head(branch);
  const parent = startSha ?? expectedHead;
  const before = parent === undefined ? [] : ((await git.entries(parent)) ?? []);
  const files = new Map(before.filter(({ type }) => type !== 'tree').map((entry) => [entry.path, entry]));
  const applied = applyActions(files, actions);
  if (typeof applied === 'string') return problem(400, applied);
  const author = { name: request.account ?? '', email: `${request.account ?? ''}@example.com` };
  try {
    const id = await git.commit({ branch, expectedHead, parent, edits: applied, message, author });
    return { status: 201, body: { ...describedCommit((await git.commitObject(id))!), status: null } };
  } catch (error) {
    if (!(error instanceof RefRefused)) throw error;
    return problem(400, `Could not update ${error.ref}. Please refresh and try again.`);
  }
}

function startBranchOf({ branch, start_branch: startBranch, start_sha: startSha }: CommitBody): string | undefined {
  return startBranch ?? (startSha === undefined ? branch : undefined);
}
