import type { ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import { RefRefused, zeros } from '../http/forgeGit.ts';
import type { ForgeRepository, Organization } from './organization.ts';
import { inRepository, list, page } from './inRepository.ts';

interface Update {
  readonly name: string;
  readonly oldObjectId: string;
  readonly newObjectId: string;
}

/** Branches: listed by the beginning of their names, moved by comparing and swapping. */
export function refRoutes(organization: Organization): readonly ForgeRoute[] {
  return [
    inRepository(organization, 'GET', '/refs', {
      handle: async ({ git }, request) => {
        const filter = `refs/${request.url.searchParams.get('filter') ?? ''}`;
        const part = request.url.searchParams.get('filterContains') ?? '';
        const all = await git.refs('refs/');
        const wanted = all
          .map(({ name, id }) => ({ name: `refs/${name}`, objectId: id }))
          .filter(({ name }) => name.startsWith(filter) && name.includes(part) && !name.startsWith('refs/forge/'));
        const { items, headers } = page(organization, request, wanted, wanted.length + 1);
        return list(
          items.map((ref) => ({ ...ref, creator: { displayName: 'Ada Person' } })),
          headers,
        );
      },
    }),
    inRepository(organization, 'POST', '/refs', {
      handle: async (repository, request) => {
        const updates = request.json() as readonly Update[];
        const results = [];
        for (const update of updates) {
          const { updateStatus, customMessage } = await updated(organization, repository, request, update);
          const success = updateStatus.startsWith('succeeded');
          results.push({
            ...update,
            repositoryId: repository.id,
            isLocked: false,
            updateStatus,
            success,
            customMessage,
          });
        }
        return list(results);
      },
    }),
  ];
}

interface Outcome {
  readonly updateStatus: string;
  readonly customMessage?: string;
}

async function updated(
  organization: Organization,
  { git }: ForgeRepository,
  request: ForgeRequest,
  { name, oldObjectId, newObjectId }: Update,
): Promise<Outcome> {
  if (request.rights !== 'write') {
    return { updateStatus: oldObjectId === zeros ? 'createBranchPermissionRequired' : 'writePermissionRequired' };
  }
  if (organization.protectedRefs.has(name)) {
    return { updateStatus: 'rejectedByPolicy', customMessage: 'TF402455: The branch has policies.' };
  }
  if (newObjectId !== zeros && !(await git.commitObject(newObjectId))) return { updateStatus: 'unresolvableToCommit' };
  try {
    await git.updateRef(name, newObjectId, oldObjectId);
    return { updateStatus: 'succeeded' };
  } catch (error) {
    if (!(error instanceof RefRefused)) throw error;
    if (newObjectId === zeros && error.actual === undefined) return { updateStatus: 'succeededNonExistentRef' };
    if (error.actual === (oldObjectId === zeros ? undefined : oldObjectId)) return { updateStatus: 'invalidRefName' };
    return { updateStatus: 'staleOldObjectId' };
  }
}
