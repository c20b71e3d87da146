import { failed } from '../../forge/bitbucketDataCenter/answers.ts';
import { contract } from '../contract.ts';
import { forgeWorld } from '../forgeWorld.ts';
import type { HostUnderTest, World, WorldAccess } from '../hostUnderTest.ts';
import { processesNaming } from '../processesNaming.ts';
import { sessionOf } from '../forgeTools.ts';
import { DataCenterBench } from './dataCenterBench.ts';
import { BitbucketDataCenterHost } from '../../../src/hosts/bitbucketDataCenter/bitbucketDataCenterHost.ts';

/** The server lists names alone: ids and kinds are known of what was read. */
const subject = {
  ids: false,
  modes: true,
  faults: true,
  lists: true,
  treeKinds: false,
} as const;

const http = { refusal: (status: number) => failed(status, 'SomeException', 'refused'), commitsHere: false };

/** A fetch of the commit to build on, and a push; each asked without the token first, as Git does. */
const gitRequests = 6;

const costs = {
  poll: 1,
  pull: () => 2,
  push: () => gitRequests,
  connect: (_tree: object, levels: readonly number[]) => 2 + levels.length,
};

contract({ name: 'bitbucketDataCenter', ...subject, http: { ...http, costs }, open: () => open('', true) });

/** Faults and requests are the same as above: what is its own are the path, and that nothing is written. */
const readOnly: HostUnderTest = {
  name: 'bitbucketDataCenter without Git, below a path',
  ...subject,
  commits: false,
  open: () => open('/bitbucket', false),
};
contract(readOnly);

async function open(context: string, hasGit: boolean): Promise<World> {
  const bench = await DataCenterBench.open(context);
  const { forge, repository, id, sandbox, tools } = bench;
  const person = (token: Parameters<typeof bench.host>[0]) =>
    hasGit ? bench.host(token) : bench.hostWithoutGit(token);
  const world = forgeWorld({
    forge: forge.http,
    repository: repository.bare,
    host: person('token-of-jane'),
    teammate: person('token-of-joe'),
    id,
    tools,
    access: accessOf(bench),
    close: () => bench.close(),
  });
  return {
    ...world,
    // Git sends a push again when a kept connection dies under it.
    loseAnswer: () => void forge.http.faults.always(({ path }) => path.endsWith('/git-receive-pack'), 'dropAfter'),
    // Of the adapters alone: the forge's own work is in the same sandbox.
    processes: () => processesNaming(sandbox.path('storage')),
  };
}

function accessOf(bench: DataCenterBench): WorldAccess {
  const { forge, repository, id, tools } = bench;
  return {
    me: 'jane',
    fullName: id,
    owner: { id: 'PAY', name: forge.projects.get('PAY') ?? '' },
    addOwner: (name) => void forge.projects.set(name.replace(/[^A-Za-z]/g, '').toUpperCase(), name),
    addRepository: (name) => void forge.addRepository('PAY', name),
    pageSize: (most) => (forge.settings.most = most),
    setDefaultBranch: (name) => void repository.bare.git('symbolic-ref', 'HEAD', `refs/heads/${name}`),
    protect: (branch) => forge.protect(repository, branch),
    as: (who) => {
      if (who === 'read') return bench.host('token-of-ruth');
      if (who === 'none') return bench.host('token-of-nora');
      return new BitbucketDataCenterHost(tools, forge.origin, sessionOf(undefined), bench.writer);
    },
  };
}
