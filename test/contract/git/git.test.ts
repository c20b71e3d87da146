import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import { createHasher } from '../../../src/platform/node/index.ts';
import { GitHost } from '../../../src/hosts/git/gitHost.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { GitServer } from '../../forge/git/gitServer.ts';
import { contract } from '../contract.ts';
import { repositoryWorld } from '../forgeWorld.ts';
import type { World } from '../hostUnderTest.ts';
import { processesNaming } from '../processesNaming.ts';
import { until } from '../support.ts';

contract({ name: 'git over HTTP', ids: true, modes: true, faults: true, open: () => gitWorld('http') });
contract({ name: 'git over a path', ids: true, modes: true, faults: false, open: () => gitWorld('file') });

async function gitWorld(transport: 'http' | 'file'): Promise<World> {
  const sandbox = new GitSandbox();
  const leave = sandbox.enter();
  const repository = GitRepository.make(sandbox, 'payments');
  const server = await GitServer.start(sandbox);
  const origin = transport === 'http' ? server.origin : 'file://';
  const person = (name: string) =>
    new GitHost({
      origin,
      storage: sandbox.path(name),
      gitPath: () => undefined,
      hasher: createHasher(),
      log: new SilentLog(),
    });
  return {
    host: person('mine'),
    teammate: person('theirs'),
    repository: transport === 'http' ? server.urlOf(repository) : repository.url,
    ...repositoryWorld(repository),
    requests: () => (transport === 'http' ? server.requests.length : undefined),
    beforeCommit: (run) => (server.faults.beforePush = run),
    loseAnswer: () => (server.faults.cutPush = 'after'),
    hold: () => {
      const before = server.requests.length;
      let release = () => {};
      server.faults.hold = new Promise((resolve) => (release = resolve));
      return {
        reached: until(() => server.requests.length > before),
        release: () => {
          server.faults.hold = undefined;
          release();
        },
      };
    },
    processes: () => processesNaming(sandbox.folder, server.origin),
    close: async () => {
      await server.stop();
      leave();
      sandbox.remove();
    },
  };
}
