import type { GitLabCall } from './api.ts';
import { resourcesOf } from './resources.ts';
import { projectSchema } from './schemas.ts';

/** GitLab's ids stay, its names move: the ones that were seen last, for messages, pages and GraphQL. */
export class ProjectNames {
  readonly #names = new Map<string, string>();
  readonly #people = new Set<string>();

  /** Whether an owner is known to be a person and no group. */
  isPerson(owner: string): boolean {
    return this.#people.has(owner);
  }

  keepPerson(owner: string): void {
    this.#people.add(owner);
  }

  get(id: string): string | undefined {
    return this.#names.get(id);
  }

  keep(id: string, name: string): void {
    this.#names.set(id, name);
  }

  /** Asks only where it is not known. */
  async find(call: GitLabCall, id: string): Promise<string> {
    return this.get(id) ?? (await this.lookUp(call, id));
  }

  /** Asks in any case: the project may have moved. */
  async lookUp(call: GitLabCall, id: string): Promise<string> {
    const found = call.parse(projectSchema, await resourcesOf(call).projects.show(id));
    this.keep(id, found.path_with_namespace);
    return found.path_with_namespace;
  }
}
