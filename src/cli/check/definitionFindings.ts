import type { ApiSurvey } from '../../app/look/survey.ts';
import { throwIfCancelled } from '../../core/cancellation.ts';
import { findFileDefects } from '../../core/definition/fileDefects.ts';
import type { ReferenceProblem } from '../../core/definition/definition.ts';
import { NearMisses } from '../../core/definition/nearMisses.ts';
import { resolve } from '../../core/definition/resolve.ts';
import type { Api } from '../../core/model/api.ts';
import { apisFilePath } from '../../core/model/apisFile.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { WorkingCopy } from '../../ports/workingCopy.ts';
import { namedAt } from './apisFileFindings.ts';
import { defectText } from './defectText.ts';
import type { FilePlaces } from './filePlaces.ts';
import type { Finding } from './finding.ts';

/** What one look at the folder saw of an API, and what it is read with. */
export interface Looked {
  readonly api: Api;
  readonly survey: ApiSurvey;
  readonly files: Pick<WorkingCopy, 'read' | 'list'>;
}

/** What is wrong with a definition: its files one by one, and what leads from one to another. */
export async function definitionFindings(
  { api, survey, files }: Looked,
  apisText: string,
  places: FilePlaces,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { definition } = survey;
  const found: Finding[] = [];
  for (const { path, role, presence } of definition.files) {
    if (presence === 'missing' && (role === 'root' || role === 'added')) {
      found.push(missing(api, path, role, apisText, places));
    }
  }
  for (const path of filesHere(survey)) {
    throwIfCancelled(signal);
    const bytes = await files.read(path);
    const defects = bytes === undefined ? [] : findFileDefects(path, bytes);
    for (const defect of defects) {
      found.push(places.finding(defect.message, [api.folder, path, defect.range], defectText(defect)));
    }
    if (path === api.rootFile && bytes !== undefined && defects.length === 0 && definition.type === undefined) {
      const message = 'The root file is no definition of a format that is known here.';
      found.push(places.finding('unknownDefinition', [api.folder, path], message));
    }
  }
  const problems = definition.references.filter(({ from, target }) => from !== target);
  for (const problem of await withSuggestions(problems, files, signal)) found.push(reference(api, problem, places));
  return found;
}

/** Those that are read for the definition, root first. */
export function filesHere({ definition }: ApiSurvey): readonly RepoPath[] {
  return definition.files.filter(({ presence }) => presence === 'here').map(({ path }) => path);
}

/** A look asks the disk only for what is referenced: what lies beside it is worth knowing where something is missing. */
async function withSuggestions(
  problems: readonly ReferenceProblem[],
  files: Looked['files'],
  signal: AbortSignal,
): Promise<readonly ReferenceProblem[]> {
  if (!problems.some(({ kind, suggestion }) => kind === 'unresolved' && suggestion === undefined)) return problems;
  const listed = await files.list('', signal);
  const nearMisses = new NearMisses({ paths: () => listed });
  return problems.map((problem) => {
    const { kind, target, from } = problem;
    const resolution = kind === 'unresolved' ? resolve(target, from, { has: () => false }, nearMisses) : undefined;
    return resolution?.kind === 'unresolved' ? { ...problem, ...resolution } : problem;
  });
}

function missing(api: Api, path: RepoPath, role: 'root' | 'added', apisText: string, places: FilePlaces): Finding {
  const range = namedAt(apisText, api, path);
  const what = role === 'root' ? `The root file “${path}”` : `The file “${path}”`;
  return places.finding('missingFile', ['', apisFilePath, range], `${what} of “${api.name}” is missing.`);
}

function reference(api: Api, { kind, from, target, range, suggestion }: ReferenceProblem, places: FilePlaces): Finding {
  const place = [api.folder, from, range] as const;
  if (kind === 'outside') {
    return places.finding('outsideReference', place, `“${target}” is outside of the repository.`, 'note');
  }
  const hint = suggestion === undefined ? '' : ` Did you mean “${suggestion}”?`;
  return places.finding('unresolvedReference', place, `There is no file “${target}”.${hint}`);
}
