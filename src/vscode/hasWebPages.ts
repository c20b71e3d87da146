import type { ApiNode } from '../app/apiNode.ts';

/** Whether its repository has pages for people, and pull requests: everything but plain Git does. */
export function hasWebPages({ state, api }: ApiNode): boolean {
  return state === 'connected' && api.connection !== undefined && api.connection.repository.host !== 'git';
}
