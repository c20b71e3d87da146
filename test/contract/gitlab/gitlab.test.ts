import { problem } from '../../forge/gitlab/problems.ts';
import { contract } from '../contract.ts';
import { forgeWorld } from '../forgeWorld.ts';
import type { HttpHost, World } from '../hostUnderTest.ts';
import { GitLabBench } from './gitlabBench.ts';

/** Reads in batches of `files` contents. */
function http(files: number): HttpHost {
  const batches = (count: number) => Math.ceil(count / files);
  return {
    costs: {
      poll: 1,
      pull: (count) => 1 + batches(count),
      push: () => 1,
      connect: (_, levels) => 2 + levels.reduce((sum, count) => sum + batches(count), 0),
    },
    refusal: (status) => problem(status, `${String(status)} Not now`),
    strangePage: (origin) => ({
      route: '/repository/branches',
      reply: { status: 200, headers: { link: `<${origin}/page2>; rel="next"` }, body: [] },
    }),
  };
}

const same = { ids: true, modes: true, faults: true, lists: true, comparesHead: false } as const;

contract({ ...same, name: 'GitLab', http: http(20), open: () => world(() => undefined) });

async function world(prepare: (bench: GitLabBench) => void): Promise<World> {
  const bench = await GitLabBench.open();
  prepare(bench);
  const { forge, project, group } = bench;
  return forgeWorld({
    forge: forge.http,
    repository: bench.repository,
    host: bench.host('ada'),
    teammate: bench.host('tea'),
    id: bench.id,
    tools: bench.tools,
    access: {
      me: 'ada',
      fullName: project.path,
      owner: { id: group.full_path, name: group.full_name },
      addOwner: (name) => void forge.addGroup(`group-${String(forge.instance.groups.length)}`, name),
      addRepository: (name) => void bench.addProject(name),
      pageSize: (most) => (forge.instance.pageSize = most),
      rename: (name) => bench.rename(name),
      setDefaultBranch: (name) => (project.defaultBranch = name),
      protect: (branch) => void project.protectedBranches.add(branch),
      as: (who) => bench.host(who),
    },
    close: () => bench.close(),
  });
}
