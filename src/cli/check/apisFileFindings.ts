import type { TextRange } from '../../core/definition/definition.ts';
import { TextPositions } from '../../core/definition/textPositions.ts';
import type { Api } from '../../core/model/api.ts';
import { apisFilePath, parseApisTree } from '../../core/model/apisFile.ts';
import { child } from '../../core/model/apisFileNodes.ts';
import type { OpenFolder } from '../openFolder.ts';
import { apisProblemText } from '../texts/apisProblemText.ts';
import type { FilePlaces } from './filePlaces.ts';
import type { Finding } from './finding.ts';

/** What in `.vscode/apis.json` cannot be used. */
export function apisFileFindings({ file, text }: OpenFolder, places: FilePlaces): readonly Finding[] {
  return file.problems.map((problem) => {
    const range = new TextPositions(text).range(problem.offset, problem.offset + problem.length);
    return places.finding('apisFile', ['', apisFilePath, range], apisProblemText(problem));
  });
}

/** Where `.vscode/apis.json` names a file of an API: the value, or the entry. */
export function namedAt(text: string, { id }: Api, path: string): TextRange | undefined {
  const tree = parseApisTree(text);
  if ('problem' in tree || tree.root === undefined) return undefined;
  const entry = child(tree.root, 'apis')?.children?.find((each) => child(each, 'id')?.value === id);
  if (entry === undefined) return undefined;
  const names = [child(entry, 'rootFile'), ...(child(entry, 'addedFiles')?.children ?? [])];
  const { offset, length } = names.find((name) => name?.value === path) ?? entry;
  return new TextPositions(text).range(offset, offset + length);
}
