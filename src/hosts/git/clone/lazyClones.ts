import type { WorkspaceClones } from '../../../ports/workspaceClone.ts';
import type { GitClones, GitClonesOptions } from './gitClones.ts';

/** The clones of this disk; what works with them is loaded when somebody asks. */
export function lazyClones(options: GitClonesOptions): WorkspaceClones {
  let loaded: Promise<GitClones> | undefined;
  const clones = (): Promise<GitClones> =>
    (loaded ??= import('./gitClones.ts').then(({ GitClones }) => new GitClones(options)));
  return {
    find: async (...args) => (await clones()).find(...args),
    open: async (...args) => (await clones()).open(...args),
    surroundings: async (...args) => (await clones()).surroundings(...args),
    exclude: async (...args) => (await clones()).exclude(...args),
  };
}
