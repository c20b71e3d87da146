import type { ApisFileProblem } from '../../app/apiStore.ts';

/** That something in a folder's `apis.json` is wrong, above the APIs: without it, what is left out looks like nothing. */
export interface ApisFileRow {
  readonly kind: 'apisFile';
  readonly id: string;
  readonly workspaceFolder: string;
  /** In the order of the file. */
  readonly problems: readonly ApisFileProblem[];
}

/** One for each folder whose file has problems, in the order in which they were found. */
export function apisFileRows(problems: readonly ApisFileProblem[]): readonly ApisFileRow[] {
  return [...new Set(problems.map(({ workspaceFolder }) => workspaceFolder))].map((workspaceFolder) => ({
    kind: 'apisFile',
    id: `apisFile ${workspaceFolder}`,
    workspaceFolder,
    problems: problems.filter((problem) => problem.workspaceFolder === workspaceFolder),
  }));
}

/** What the commands of such a row are called on. */
export function isApisFileRow(arg: unknown): arg is ApisFileRow {
  return typeof arg === 'object' && arg !== null && 'kind' in arg && arg.kind === 'apisFile';
}
