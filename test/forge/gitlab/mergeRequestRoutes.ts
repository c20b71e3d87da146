import type { ForgeRoute } from '../http/forgeRoute.ts';
import { inProject } from './inProject.ts';
import type { ForgeMergeRequest, ForgeProject, Instance } from './instance.ts';
import { page } from './pages.ts';
import { forbidden, problem } from './problems.ts';

interface MergeRequestBody {
  readonly source_branch: string;
  readonly target_branch: string;
  readonly title: string;
}

export function mergeRequestRoutes(instance: Instance): readonly ForgeRoute[] {
  return [
    inProject(instance, 'GET', '/merge_requests', {
      handle: (project, request) => {
        const { searchParams } = request.url;
        const wanted = (name: string, value: string) => (searchParams.get(name) ?? value) === value;
        const found = project.mergeRequests.filter(
          ({ source, target }) => wanted('source_branch', source) && wanted('target_branch', target),
        );
        return page(
          instance,
          request,
          found.map((one) => described(project, one, request.url.origin)),
        );
      },
    }),
    inProject(instance, 'POST', '/merge_requests', {
      handle: async (project, request) => {
        const { source_branch: source, target_branch: target, title } = request.json() as MergeRequestBody;
        if (request.rights !== 'write') return forbidden();
        if ((await project.git.head(source)) === undefined) return problem(400, { source_branch: ['does not exist'] });
        const open = project.mergeRequests.find((one) => one.source === source && one.target === target);
        if (open) {
          const words = `Another open merge request already exists for this source branch: !${String(open.iid)}`;
          return problem(409, [words]);
        }
        const made = { iid: project.mergeRequests.length + 1, source, target, title };
        project.mergeRequests.push(made);
        return { status: 201, body: described(project, made, request.url.origin) };
      },
    }),
  ];
}

function described(project: ForgeProject, { iid, source, target, title }: ForgeMergeRequest, origin: string) {
  const web_url = `${origin}/${project.path}/-/merge_requests/${String(iid)}`;
  return { iid, title, state: 'opened', source_branch: source, target_branch: target, web_url };
}
