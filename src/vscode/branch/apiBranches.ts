import type { ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Branch } from '../../core/model/repository.ts';
import { inPlaceContext } from '../connect/inPlaceContext.ts';

type ListBranches = (query: string, signal: AbortSignal) => AsyncIterable<readonly Branch[]>;

/** The branch that an API is on. */
export function currentBranch(node: ApiNode): string {
  return node.sync?.branch ?? node.api.connection?.branch ?? '';
}

/** Searches the branches of an API's repository. */
export function listBranches(useCases: Pick<UseCases, 'branches'>, node: ApiNode): ListBranches {
  return (query, signal) => useCases.branches(node.key, query, inPlaceContext(signal, true));
}

/** All but the one that the API is on. */
export function listOtherBranches(useCases: Pick<UseCases, 'branches'>, node: ApiNode): ListBranches {
  const list = listBranches(useCases, node);
  const current = currentBranch(node);
  return async function* (query, signal) {
    for await (const page of list(query, signal)) yield page.filter(({ name }) => name !== current);
  };
}
