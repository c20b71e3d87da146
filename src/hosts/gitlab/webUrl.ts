import type { RepoPath } from '../../core/model/repoPath.ts';

/** A page for people. */
export function webUrl(
  origin: string,
  project: { readonly id: string; readonly name: string | undefined },
  branch: string,
  path?: RepoPath,
): string {
  // GitLab leads from there to the project, whatever it is called now.
  if (project.name === undefined) return `${origin}/projects/${encodeURIComponent(project.id)}`;
  const place = [branch, ...(path === undefined ? [] : [path])].join('/');
  const encoded = place.split('/').map(encodeURIComponent).join('/');
  return `${origin}/${project.name}/-/${path === undefined ? 'tree' : 'blob'}/${encoded}`;
}
