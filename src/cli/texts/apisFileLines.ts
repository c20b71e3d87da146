import { TextPositions } from '../../core/definition/textPositions.ts';
import { apisFilePath } from '../../core/model/apisFile.ts';
import type { OpenFolder } from '../openFolder.ts';
import { apisProblemText } from './apisProblemText.ts';

/** What in `.vscode/apis.json` cannot be used, a line each. */
export function apisFileLines({ file, text }: Pick<OpenFolder, 'file' | 'text'>): readonly string[] {
  return file.problems.map((problem) => {
    const { line, character } = new TextPositions(text).range(problem.offset, problem.offset);
    return `${apisFilePath}:${String(line + 1)}:${String(character + 1)}: ${apisProblemText(problem)}`;
  });
}
