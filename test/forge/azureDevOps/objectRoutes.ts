import { zipSync } from 'fflate';
import type { ForgeRoute } from '../http/forgeRoute.ts';
import type { Organization } from './organization.ts';
import { inRepository } from './inRepository.ts';
import { problem } from './problems.ts';

/** Trees and the contents of files. */
export function objectRoutes(organization: Organization): readonly ForgeRoute[] {
  return [
    inRepository(organization, 'GET', '/trees/{sha1}', {
      handle: async ({ git }, { params, url }) => {
        const id = params['sha1'] ?? '';
        const recursive = url.searchParams.get('recursive') === 'true';
        // A commit is not taken for its tree.
        const entries = (await git.commitObject(id)) ? undefined : await git.entries(id, { recursive });
        if (!entries)
          return problem(404, 'GitObjectDoesNotExistException', `TF401035: The object '${id}' does not exist.`);
        const treeEntries = entries.map(({ path, mode, type, id: objectId, size }) => ({
          objectId,
          relativePath: path,
          mode: mode.replace(/^0/, ''),
          gitObjectType: type,
          size: size ?? 0,
        }));
        return { status: 200, body: { objectId: id, treeEntries, size: treeEntries.length } };
      },
    }),
    inRepository(organization, 'POST', '/blobs', {
      handle: async ({ git }, { headers, json }) => {
        if (headers.accept !== 'application/zip') {
          return problem(400, 'ArgumentException', 'The Accept header must be application/zip.');
        }
        const ids = [...new Set(json() as readonly string[])];
        const files: Record<string, Uint8Array> = {};
        for (const id of ids) {
          const bytes = await git.blob(id);
          if (!bytes) return problem(400, 'ArgumentException', `TF401035: The object '${id}' does not exist.`);
          files[id] = bytes;
        }
        const headersOut = { 'content-type': 'application/zip' };
        return { status: 200, headers: headersOut, body: zipSync(files, { level: 1 }) };
      },
    }),
  ];
}
