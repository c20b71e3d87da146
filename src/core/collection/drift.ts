import type { Operation, Operations } from '../definition/operations.ts';
import { OperationMatcher } from './operationMatcher.ts';
import type { CollectionRequest, CollectionRequests } from './readRequests.ts';
import { requestPaths, type RequestPath } from './requestPath.ts';

/**
 * How a request stands to a definition.
 * - `answered`: by one operation or more; `unanswered`: no operation has this method and path;
 * - `elsewhere`: it names a server that the definition does not, and no operation answers it;
 * - `unknown`: it has no address yet, or one that only an environment knows.
 */
export type RequestStanding = 'answered' | 'unanswered' | 'elsewhere' | 'unknown';

export interface StandingRequest {
  readonly request: CollectionRequest;
  readonly standing: RequestStanding;
}

export interface Drift {
  readonly requests: readonly StandingRequest[];
  /** Operations that a request asks for. */
  readonly covered: ReadonlySet<Operation>;
}

/**
 * Compares a collection with what an OpenAPI definition answers. A parameter or an unknown variable of a request
 * (`:id`, `{{id}}`) stands for a parameter of a path, never for a name that the path spells out: else a request whose
 * path is gone would be answered by whatever lies beside it. What stands before the path (a host, a base URL that is
 * a variable, a server's own prefix) may be there or not.
 */
export function findDrift(definition: Operations, { requests, variables }: CollectionRequests): Drift {
  const matcher = new OperationMatcher(definition.operations);
  const covered = new Set<Operation>();
  const standing = requests.map((request) => {
    const paths = requestPaths(request.url, variables);
    const answers = paths
      .map(({ segments }) => matcher.find(request.method, segments))
      .find(({ length }) => length > 0);
    for (const operation of answers ?? []) covered.add(operation);
    return {
      request,
      standing: answers === undefined ? standingOf(request, paths, definition.hosts) : 'answered',
    } as const;
  });
  return { requests: standing, covered };
}

function standingOf(
  { url }: CollectionRequest,
  paths: readonly RequestPath[],
  hosts: ReadonlySet<string>,
): RequestStanding {
  const isBlank = paths.every(({ segments, host }) => segments.length === 0 && host === undefined);
  if (url.trim() === '' || isBlank) return 'unknown';
  const named = paths.find(({ host }) => host !== undefined)?.host;
  const isForeign = named !== undefined && hosts.size > 0 && !hosts.has(named) && !isThisComputer(named);
  return isForeign ? 'elsewhere' : 'unanswered';
}

/** Where people run what they write. */
function isThisComputer(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?::\d+)?$/.test(host);
}
