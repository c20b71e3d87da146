import { throwIfCancelled } from '../../core/cancellation.ts';
import { findFileDefects } from '../../core/definition/fileDefects.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Looked } from './definitionFindings.ts';
import { defectText } from './defectText.ts';
import type { FilePlaces } from './filePlaces.ts';
import type { Finding } from './finding.ts';

/** What is wrong with the files of an API's collection folder, whether or not they can be read as collections. */
export async function collectionFindings(
  { api, survey, files }: Looked,
  places: FilePlaces,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const collections = new Set(survey.collections.map(({ path }) => path));
  const named = (await files.list(api.collectionFolder, signal)).filter((path) => /\.json$/i.test(path));
  const found: Finding[] = [];
  for (const path of [...new Set([...collections, ...named])].sort()) {
    throwIfCancelled(signal);
    const bytes = await files.read(path);
    if (bytes === undefined) continue;
    const defects = findFileDefects(path, bytes);
    for (const defect of defects) {
      found.push(places.finding(defect.message, [api.folder, path, defect.range], defectText(defect)));
    }
    if (defects.length > 0 || collections.has(path) || !saysCollection(path)) continue;
    const message = 'This is no collection of a format that is known here (Postman 2.0 and 2.1).';
    found.push(places.finding('unknownCollection', [api.folder, path], message));
  }
  return found;
}

/** Other files of the folder, such as environments, are nobody's business. */
function saysCollection(path: RepoPath): boolean {
  return /[._]postman_collection\.json$/i.test(path);
}
