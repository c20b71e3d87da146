import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import { hidesCharacters } from '../../core/model/apiName.ts';
import { branchNameProblem } from '../../core/model/branchName.ts';
import { checkPath } from '../../core/model/pathRules.ts';
import { isRepoPath } from '../../core/model/repoPath.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import { isSameRepository } from '../checkout/checkouts.ts';
import type { ConnectRequest, FieldProblem } from '../connectRequest.ts';
import { foldersOverlap } from '../../core/model/foldersOverlap.ts';
import type { ResolveRepository } from './resolveRepository.ts';

type Addresses = Pick<ResolveRepository, 'refIn'>;

/** `others`: the APIs of the workspace folder beside it. */
export function checkName(request: ConnectRequest, others: readonly Api[]): readonly FieldProblem[] {
  const name = request.name.trim();
  if (name === '') return [{ field: 'name', reason: 'required' }];
  if (hidesCharacters(name)) return [{ field: 'name', reason: 'unsafe' }];
  return others.some((api) => api.name === name) ? [{ field: 'name', reason: 'nameTaken' }] : [];
}

/** What can be said of a request, except of its name, without asking the host. */
export function checkFields(
  request: ConnectRequest,
  addresses: Addresses,
  others: readonly Api[],
): readonly FieldProblem[] {
  const repository = parseRepository(request, addresses);
  return [
    ...('problem' in repository ? [repository.problem] : []),
    ...checkBranch(request.branch),
    ...checkPathField('rootFile', request.rootFile),
    ...checkPathField('collectionFolder', request.collectionFolder),
    ...checkFolder(request),
    ...checkRivals(request, 'ref' in repository ? repository.ref : undefined, others),
  ];
}

function parseRepository(
  { host, repository }: ConnectRequest,
  addresses: Addresses,
): { readonly ref: RepositoryRef | undefined } | { readonly problem: FieldProblem } {
  if (repository.trim() === '') return { problem: { field: 'repository', reason: 'required' } };
  try {
    return { ref: addresses.refIn(host, repository) };
  } catch (error) {
    if (!Failure.is(error)) throw error;
    const { detail } = error.facts;
    return { problem: { field: 'repository', reason: 'unsafe', ...(detail === undefined ? {} : { detail }) } };
  }
}

function checkBranch(branch: string): readonly FieldProblem[] {
  if (branch.trim() === '') return [{ field: 'branch', reason: 'required' }];
  const rule = branchNameProblem(branch);
  return rule === undefined ? [] : [{ field: 'branch', reason: 'unsafe', detail: rule }];
}

function checkPathField(field: 'rootFile' | 'collectionFolder', text: string | undefined): readonly FieldProblem[] {
  const path = text?.trim() ?? '';
  if (path === '') return [];
  const refusal = checkPath(path, 'linux')?.rule ?? (isRepoPath(path) ? undefined : 'traversal');
  return refusal === undefined ? [] : [{ field, reason: 'unsafe', detail: refusal }];
}

/** Teammates' machines differ, so the folder must be one that all of them can make. */
function checkFolder({ localFolder }: ConnectRequest): readonly FieldProblem[] {
  if (localFolder === '') return [];
  const refusal = checkPath(localFolder, 'windows')?.rule ?? (isRepoPath(localFolder) ? undefined : 'traversal');
  const leaves = refusal === 'traversal' || refusal === 'absolute' || refusal === 'drive';
  if (leaves) return [{ field: 'localFolder', reason: 'notInWorkspace', detail: refusal }];
  return refusal === undefined ? [] : [{ field: 'localFolder', reason: 'unsafe', detail: refusal }];
}

/** A folder belongs to one repository. `repository`: `undefined` as long as only the host could tell which it is. */
export function checkRivals(
  { localFolder }: ConnectRequest,
  repository: RepositoryRef | undefined,
  others: readonly Api[],
): readonly FieldProblem[] {
  const rival = others.find(
    ({ folder, connection }) =>
      connection !== undefined &&
      (folder === localFolder
        ? repository !== undefined && !isSameRepository(connection.repository, repository)
        : foldersOverlap(folder, localFolder)),
  );
  return rival === undefined ? [] : [{ field: 'localFolder', reason: 'folderHasOtherCheckout', detail: rival.name }];
}
