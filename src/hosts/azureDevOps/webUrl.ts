import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Place } from './places.ts';

/** `GB`: a branch follows. */
export function webUrl(origin: string, { names }: Place, branch: string, path?: RepoPath): string {
  const [project, repository] = names.map(encodeURIComponent);
  const file = path === undefined ? '' : `&path=${encodeURIComponent(`/${path}`)}`;
  return `${origin}/${project ?? ''}/_git/${repository ?? ''}?version=GB${encodeURIComponent(branch)}${file}`;
}
