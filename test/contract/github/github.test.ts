import { problem } from '../../forge/github/replies.ts';
import { contract } from '../contract.ts';
import { forgeWorld } from '../forgeWorld.ts';
import type { World } from '../hostUnderTest.ts';
import { GitHubBench } from './githubBench.ts';

const batches = (files: number): number => Math.ceil(files / 100);

contract({
  name: 'GitHub',
  ids: true,
  modes: true,
  faults: true,
  lists: true,
  http: {
    costs: {
      poll: 1,
      // More than two batches of a large part of the repository come as an archive, to which a redirect leads.
      pull: (files) => 1 + Math.min(batches(files), 2),
      // Tree, commit and branch: what GitHub commits in one request has no executable files.
      push: (_, what) => (what === 'modes' ? 3 : 1),
      connect: (_, levels) => 2 + levels.reduce((sum, files) => sum + batches(files), 0),
    },
    refusal: (status) => problem(status, 'Not now.'),
  },
  open: world,
});

async function world(): Promise<World> {
  const bench = await GitHubBench.open();
  const { forge, served } = bench;
  return forgeWorld({
    forge: forge.http,
    repository: bench.repository,
    host: bench.host('ada'),
    teammate: bench.host('tea'),
    id: bench.id,
    tools: bench.tools,
    access: {
      me: 'ada',
      fullName: bench.fullName,
      owner: { id: 'acme', name: 'acme' },
      addOwner: (name) => void forge.addOwner(name),
      addRepository: (name) => void bench.addRepository(name),
      pageSize: (most) => (forge.state.pageSize = most),
      rename: (name) => {
        forge.rename(served, name);
        return bench.fullName;
      },
      setDefaultBranch: (name) => (served.defaultBranch = name),
      protect: (branch) => void served.protectedBranches.add(branch),
      as: (who) => bench.host(who),
    },
    close: () => bench.close(),
  });
}
