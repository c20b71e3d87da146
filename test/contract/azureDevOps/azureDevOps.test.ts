import { problem } from '../../forge/azureDevOps/problems.ts';
import { contract } from '../contract.ts';
import { forgeWorld } from '../forgeWorld.ts';
import type { World } from '../hostUnderTest.ts';
import { AzureDevOpsBench } from './azureDevOpsBench.ts';

contract({
  name: 'Azure DevOps',
  ids: true,
  modes: 'seen',
  replacesFolders: false,
  faults: true,
  lists: true,
  http: {
    // The commit, its tree, and the files: the one call for both of the first knows no modes.
    costs: {
      poll: 1,
      pull: () => 3,
      push: () => 1,
      connect: (_, levels) => 3 + levels.length,
    },
    refusal: (status) => problem(status, 'Exception', 'Not now.'),
  },
  open: world,
});

async function world(): Promise<World> {
  const bench = await AzureDevOpsBench.open();
  const { forge, served } = bench;
  const { organization } = forge;
  return forgeWorld({
    forge: forge.http,
    repository: bench.repository,
    host: bench.host('ada'),
    teammate: bench.host('tea'),
    id: bench.id,
    tools: bench.tools,
    access: {
      me: 'Ada Person',
      fullName: bench.fullName,
      owner: bench.project,
      addOwner: (name) => void forge.addProject(name),
      addRepository: (name) => void bench.addRepository(name),
      pageSize: (most) => (organization.pageSize = most),
      rename: (name) => {
        served.name = name;
        return bench.fullName;
      },
      setDefaultBranch: (name) => (served.defaultBranch = name),
      protect: (branch) => void organization.protectedRefs.add(`refs/heads/${branch}`),
      as: (who) => bench.host(who),
    },
    close: () => bench.close(),
  });
}
