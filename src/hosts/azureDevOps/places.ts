import { Failure, type FailureFacts } from '../../core/errors.ts';

/** A repository as requests and messages need it. */
export interface Place {
  readonly id: string;
  /** Below the organization, where the API has it. */
  readonly path: string;
  readonly facts: FailureFacts;
  /** Project and repository, as people read them where they are known. */
  readonly names: readonly [project: string, repository: string];
}

/** Where repositories are: by ids that never change, told to people by names that were heard of. */
export class Places {
  readonly #names = new Map<string, string>();

  remember(id: string, name: string): void {
    this.#names.set(id, name);
  }

  /** `id`: `project/repository`, both as ids or both as names. @throws Failure `repositoryNotFound` */
  find(id: string): Place {
    const [project, repository, ...more] = id.split('/');
    const name = this.#names.get(id) ?? id;
    if (!isName(project) || !isName(repository) || more.length > 0) {
      throw new Failure('repositoryNotFound', { repository: name, detail: 'a repository is project/repository' });
    }
    const slash = name.indexOf('/');
    return {
      id,
      path: `${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repository)}`,
      facts: { repository: name },
      names: [name.slice(0, slash), name.slice(slash + 1)],
    };
  }
}

/** The dots would lead a URL elsewhere, encoded or not. */
function isName(text: string | undefined): text is string {
  return text !== undefined && !['', '.', '..'].includes(text);
}
