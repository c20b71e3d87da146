import type { OpenGitWriter } from '../../ports/gitWriter.ts';
import type { AskpassProgram } from './answerer.ts';
import type { GitHostOptions } from './gitHost.ts';

/** Commits as an account of another host. The adapter is loaded with the first one. */
export function accountWriter(
  options: Omit<GitHostOptions, 'origin' | 'prompting' | 'account'>,
  askpass: AskpassProgram,
): OpenGitWriter {
  return (origin, signIn) => {
    const open = async () => {
      const { GitHost } = await import('./gitHost.ts');
      return new GitHost({ ...options, origin: new URL(origin).origin, account: { askpass, signIn } });
    };
    let opened: ReturnType<typeof open> | undefined;
    return {
      commit: async (repository, request, call) => (await (opened ??= open())).commit(repository, request, call),
    };
  };
}
