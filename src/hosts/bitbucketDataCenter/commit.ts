import { Failure } from '../../core/errors.ts';
import type { Session } from '../../ports/accounts.ts';
import type { GitSignIn, OpenGitWriter } from '../../ports/gitWriter.ts';
import type { CallContext, CommitRequest, CommitResult, RepositoryHost } from '../../ports/repositoryHost.ts';
import { splitName } from './address.ts';
import type { DataCenterApi } from './api.ts';
import { whoAmI } from './owners.ts';

/** The REST API writes one file per commit; whole commits go by the Git protocol, where there is a Git. */
export class Committer {
  readonly #writer: Pick<RepositoryHost, 'commit'> | undefined;

  constructor(
    private readonly api: DataCenterApi,
    private readonly session: Session,
    openWriter: OpenGitWriter | undefined,
  ) {
    this.#writer = openWriter?.(api.origin, (call) => this.#signIn(call));
  }

  get isPossible(): boolean {
    return this.#writer !== undefined;
  }

  async commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    const facts = { ...this.api.facts(repository), branch: request.branch };
    if (this.#writer === undefined) {
      const detail = 'Bitbucket Data Center takes commits of several files by Git alone, which does not run here';
      throw new Failure('unsupported', { ...facts, detail });
    }
    try {
      return await this.#writer.commit(this.#cloneUrl(repository), request, call);
    } catch (error) {
      if (!Failure.is(error)) throw error;
      // Who signs in is a question of its own, and may be asked for after the push.
      const { unsent: _, ...told } = error.facts;
      // People know the repository by the name it has at the server.
      throw new Failure(error.reason, { ...told, ...facts }, { cause: error });
    }
  }

  /** Where every server has its clones, in the small letters that it writes itself. */
  #cloneUrl(repository: string): string {
    const { key, slug } = splitName(repository);
    return `${this.api.origin}/scm/${key.toLowerCase()}/${slug}.git`;
  }

  /** A token is the password of the account's own name. */
  async #signIn(call: CallContext): Promise<GitSignIn | undefined> {
    const credential = await this.session.credential();
    if (credential === undefined) return undefined;
    if (credential.kind === 'basic') return { user: credential.user, password: credential.password };
    return { user: this.api.user ?? (await whoAmI(this.api, call)).name, password: credential.token };
  }
}
