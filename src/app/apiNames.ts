import { Failure } from '../core/errors.ts';
import type { Api } from '../core/model/api.ts';
import { hidesCharacters } from '../core/model/apiName.ts';
import type { ApiId } from '../core/model/ids.ts';

/**
 * The name without blanks around it.
 * @throws Failure `invalidName` when it is empty, holds characters that nobody sees, or another API has it.
 */
export function freeName(name: string, apis: readonly Api[], own?: ApiId): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new Failure('invalidName', { detail: 'required' });
  if (hidesCharacters(trimmed)) throw new Failure('invalidName', { detail: 'hidden characters' });
  if (apis.some((api) => api.name === trimmed && api.id !== own)) {
    throw new Failure('invalidName', { detail: `taken: ${trimmed}` });
  }
  return trimmed;
}
