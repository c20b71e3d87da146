import { RefRefused } from '../http/forgeGit.ts';
import type { ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import { canPush, inProject } from './inProject.ts';
import type { ForgeProject, Instance } from './instance.ts';
import { describedCommit } from './objects.ts';
import { page } from './pages.ts';
import { forbidden, notFound, problem } from './problems.ts';

export function branchRoutes(instance: Instance): readonly ForgeRoute[] {
  const path = '/repository/branches';
  return [
    inProject(instance, 'GET', path, {
      handle: async (project, request) => {
        const search = (request.url.searchParams.get('search') ?? '').toLowerCase();
        const found = (await project.git.branches()).filter(({ name }) => name.toLowerCase().includes(search));
        const described = found.map(({ name, id }) => describedBranch(project, name, id, request));
        return page(instance, request, await Promise.all(described));
      },
    }),
    inProject(instance, 'GET', `${path}/{branch}`, {
      handle: async (project, request) => {
        const { branch = '' } = request.params;
        const head = await project.git.head(branch);
        if (head === undefined) return notFound('Branch');
        return { status: 200, body: await describedBranch(project, branch, head, request) };
      },
    }),
    inProject(instance, 'POST', path, {
      handle: async (project, request) => {
        const { branch, ref } = request.json() as { readonly branch: string; readonly ref: string };
        if (request.rights !== 'write') return forbidden();
        const start = await project.git.resolve(ref);
        if (start === undefined) return problem(400, `Invalid reference name: ${ref}`);
        try {
          await project.git.createBranch(branch, start);
        } catch (error) {
          if (!(error instanceof RefRefused)) throw error;
          return problem(400, error.actual === undefined ? 'Branch name is invalid' : 'Branch already exists');
        }
        return { status: 201, body: await describedBranch(project, branch, start, request) };
      },
    }),
    inProject(instance, 'DELETE', `${path}/{branch}`, {
      handle: async (project, request) => {
        const { branch = '' } = request.params;
        if ((await project.git.head(branch)) === undefined) return notFound('Branch');
        if (request.rights !== 'write') return forbidden();
        if (project.protectedBranches.has(branch)) return problem(405, 'Protected branch cannot be removed');
        if (branch === project.defaultBranch) return problem(405, 'Cannot remove HEAD branch');
        await project.git.deleteBranch(branch);
        return { status: 204 };
      },
    }),
  ];
}

async function describedBranch(project: ForgeProject, name: string, head: string, request: ForgeRequest) {
  const commit = await project.git.commitObject(head);
  return {
    name,
    commit: commit && describedCommit(commit),
    merged: false,
    protected: project.protectedBranches.has(name),
    developers_can_push: false,
    developers_can_merge: false,
    can_push: canPush(project, name, request),
    default: name === project.defaultBranch,
  };
}
