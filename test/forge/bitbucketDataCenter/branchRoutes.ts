import { RefRefused } from '../http/forgeGit.ts';
import type { ForgeRoute } from '../http/forge.ts';
import { branchJson, failed, noCommit, page } from './answers.ts';
import type { DataCenterForge, ForgedRepository } from './dataCenterForge.ts';
import { query, repositoryPath, repositoryRoute } from './repositoryRoute.ts';

const branchUtils = '/branch-utils/latest/projects/{projectKey}/repos/{repositorySlug}/branches';

export function branchRoutes(forge: DataCenterForge): readonly ForgeRoute[] {
  return [
    repositoryRoute(forge, { method: 'GET', path: `${repositoryPath}/branches` }, async (request, found) => {
      const wanted = query(request, 'filterText')?.toLowerCase() ?? '';
      const branches = (await found.git.branches()).filter(({ name }) => name.toLowerCase().includes(wanted));
      const byDefault = defaultBranch(found);
      const told = branches.map((branch) => branchJson(branch, branch.name === byDefault));
      return page(request, told, forge.settings);
    }),
    repositoryRoute(forge, { method: 'GET', path: `${repositoryPath}/default-branch` }, async (_request, found) => {
      const name = defaultBranch(found);
      const id = await found.git.head(name);
      if (id === undefined) {
        return failed(404, 'repository.NoDefaultBranchException', `No default branch: refs/heads/${name}`);
      }
      return { status: 200, body: branchJson({ name, id }, true) };
    }),
    repositoryRoute(forge, { method: 'POST', path: branchUtils, writes: true }, async (request, { git }) => {
      const { name, startPoint } = request.json() as { readonly name: string; readonly startPoint: string };
      if ((await git.resolve(startPoint)) === undefined) return noCommit(startPoint);
      const taken = failed(400, 'repository.DuplicateRefException', `The branch ${name} already exists.`);
      if ((await git.head(name)) !== undefined) return taken;
      try {
        await git.createBranch(name, startPoint);
      } catch (error) {
        if (!(error instanceof RefRefused)) throw error;
        return failed(409, 'repository.OverlappingRefException', error.message);
      }
      return { status: 201, body: branchJson({ name, id: startPoint }, false) };
    }),
    repositoryRoute(forge, { method: 'DELETE', path: branchUtils, writes: true }, async (request, found) => {
      const { name, endPoint } = request.json() as { readonly name: string; readonly endPoint?: string };
      const branch = name.replace(/^refs\/heads\//, '');
      if (branch === defaultBranch(found)) {
        return failed(400, 'validation.ArgumentValidationException', `${name} is the default branch`);
      }
      if ((await found.git.head(branch)) === undefined) return { status: 204 };
      try {
        await found.git.deleteBranch(branch, endPoint);
      } catch (error) {
        if (!(error instanceof RefRefused)) throw error;
        return failed(400, 'validation.ArgumentValidationException', `${name} is not at ${String(endPoint)}`);
      }
      return { status: 204 };
    }),
  ];
}

function defaultBranch({ bare }: ForgedRepository): string {
  return bare
    .git('symbolic-ref', 'HEAD')
    .trim()
    .replace(/^refs\/heads\//, '');
}
