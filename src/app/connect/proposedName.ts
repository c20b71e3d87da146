import { readTitle } from '../../core/definition/title.ts';
import type { Api } from '../../core/model/api.ts';
import { hidesCharacters } from '../../core/model/apiName.ts';
import { lastSegment } from './lastSegment.ts';

/** A longer title is a sentence, and no name. */
const longestTitle = 60;

/** A name for an API that no other one of the workspace folder has: its definition's title, else its repository's. */
export function proposedName(definition: Uint8Array | undefined, repository: string, apis: readonly Api[]): string {
  const title = definition && readTitle(definition);
  const isName = title !== undefined && title.length <= longestTitle && !hidesCharacters(title);
  return unusedName(isName ? title : lastSegment(repository), apis);
}

/** The name, with a number behind it where another API has it. */
export function unusedName(name: string, apis: readonly Api[]): string {
  let unused = name;
  for (let number = 2; apis.some((api) => api.name === unused); number++) unused = `${name} ${number}`;
  return unused;
}
