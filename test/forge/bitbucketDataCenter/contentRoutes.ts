import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { failed, noCommit, noPath, page } from './answers.ts';
import type { DataCenterForge, ForgedRepository } from './dataCenterForge.ts';
import { query, repositoryPath, repositoryRoute } from './repositoryRoute.ts';

/** Names, files and archives of one commit. */
export function contentRoutes(forge: DataCenterForge): readonly ForgeRoute[] {
  const route = (
    path: string,
    handle: (request: ForgeRequest, found: ForgedRepository, commit: string) => ForgeReply | Promise<ForgeReply>,
  ): ForgeRoute => {
    const whole = { method: 'GET', path: repositoryPath + path, operation: repositoryPath + path.replace('+', '') };
    return repositoryRoute(forge, whole, async (request, found) => {
      const at = query(request, 'at') ?? 'HEAD';
      const commit = await found.git.resolve(at);
      return commit === undefined ? noCommit(at) : handle(request, found, commit);
    });
  };
  return [
    route('/files', async (request, { git }, commit) => {
      const entries = (await git.entries(commit)) ?? [];
      const names = entries.filter(({ type }) => type !== 'tree').map(({ path }) => path);
      return page(request, names, { most: forge.settings.most * 100 });
    }),
    route('/raw/{path+}', async ({ params: { path = '' } }, { git }, commit) => {
      const file = await git.fileAt(commit, path);
      if (file === undefined) return noPath(path);
      return { status: 200, headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body: file.bytes };
    }),
    route('/archive', async (request, { git }, commit) => {
      const paths = request.url.searchParams.getAll('path');
      for (const path of paths) {
        // Git takes such a path for a pattern with magic, and says that nothing fits one that is not there.
        if (path.startsWith(':')) return failed(400, 'content.ArchiveException', `not a path: ${path}`);
        if ((await git.entryAt(commit, path)) === undefined) return noPath(path);
      }
      if (request.url.href.length > 8_000) return { status: 400, body: '<html>Request header is too large</html>' };
      return { status: 200, body: await git.archive(commit, { format: 'tar.gz', paths }) };
    }),
  ];
}
