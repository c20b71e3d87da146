import type { ForgeTools } from '../forgeTools.ts';
import { forgeTools, sessionOf } from '../forgeTools.ts';
import { forgeWorld } from '../forgeWorld.ts';
import { scanTalk } from '../scanned.ts';
import type { World, WorldAccess } from '../hostUnderTest.ts';
import { BitbucketHost } from '../../../src/hosts/bitbucket/bitbucketHost.ts';
import { startBitbucketForge, type BitbucketState } from '../../forge/bitbucket/bitbucketForge.ts';
import type { BitbucketRepository } from '../../forge/bitbucket/bitbucketRepository.ts';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import type { Forge } from '../../forge/http/forge.ts';

const accounts = {
  'token-of-ada': { name: 'Ada Person', rights: 'write' },
  'token-of-tea': { name: 'Tea Mate', rights: 'write' },
  'token-of-reader': { name: 'Rea Der', rights: 'read' },
  'token-of-stranger': { name: 'Stran Ger', rights: 'none' },
} as const;

export interface BitbucketBench {
  readonly world: World;
  readonly access: WorldAccess;
  readonly forge: Forge;
  readonly state: BitbucketState;
  readonly repository: BitbucketRepository;
  readonly git: GitRepository;
  readonly tools: ForgeTools;
  /** An adapter of this person's that nobody used yet. */
  host(token?: keyof typeof accounts): BitbucketHost;
}

/** A workspace with one empty repository, and two people who may write to it. */
export async function bitbucketBench(): Promise<BitbucketBench> {
  const sandbox = new GitSandbox();
  const { forge, state } = await startBitbucketForge(accounts);
  const workspace = state.addWorkspace('Acme');
  const git = GitRepository.make(sandbox, 'payments');
  const repository = state.addRepository(workspace, git);
  const tools = forgeTools();
  const host = (token: keyof typeof accounts = 'token-of-ada') =>
    new BitbucketHost(tools, forge.origin, sessionOf(accounts[token].name, token));
  const access: WorldAccess = {
    me: accounts['token-of-ada'].name,
    fullName: repository.fullName,
    owner: { id: workspace.uuid, name: workspace.name },
    addOwner: (name) => void state.addWorkspace(name),
    addRepository: (name) => void state.addRepository(workspace, GitRepository.make(sandbox, name)),
    pageSize: (most) => void (state.limits.pageSize = most),
    rename: (name) => {
      repository.slug = name;
      return repository.fullName;
    },
    setDefaultBranch: (name) => void (repository.mainBranch = name),
    protect: (branch) => void repository.restricted.add(branch),
    as: (who) => {
      if (who === 'nobody') return new BitbucketHost(tools, forge.origin, sessionOf(undefined));
      return host(who === 'read' ? 'token-of-reader' : 'token-of-stranger');
    },
  };
  const world = forgeWorld({
    forge,
    repository: git,
    host: host(),
    teammate: host('token-of-tea'),
    id: repository.id,
    tools,
    access,
    close: () => {
      state.close();
      sandbox.remove();
      scanTalk(forge, tools.log);
    },
  });
  return { world, access, forge, state, repository, git, tools, host };
}
