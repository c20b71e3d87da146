import { Failure } from '../../core/errors.ts';
import type { FieldProblem } from '../connectRequest.ts';
import type { Trial } from './connectTrial.ts';

/** What only the tree of the branch can tell of a request. */
export function checkTrial(trial: Trial): readonly FieldProblem[] {
  const { api, remote } = trial;
  const isFile = remote.files.has(api.collectionFolder);
  return [...checkRoot(trial), ...(isFile ? [{ field: 'collectionFolder', reason: 'isFile' } as const] : [])];
}

function checkRoot({ api, survey }: Trial): readonly FieldProblem[] {
  if (api.rootFile === undefined) return [];
  const [root] = survey.definition.files;
  if (root?.presence === 'missing') return [{ field: 'rootFile', reason: 'notFound' }];
  if (survey.definition.type !== undefined) return [];
  // What is there locally is what counts; where that is not the branch's file, the branch's may be a definition.
  const isOther = survey.plan.some((item) => item.kind === 'conflict' && item.path === api.rootFile);
  if (!isOther) return [{ field: 'rootFile', reason: 'notADefinition' }];
  const detail = api.folder === '' ? api.rootFile : `${api.folder}/${api.rootFile}`;
  return [{ field: 'localFolder', reason: 'notADefinition', detail }];
}

/** The field that a failure of the trial is about; `undefined`: it is about none, and stays a failure. */
export function fieldOf(failure: Failure): FieldProblem | undefined {
  const { branch, paths } = failure.facts;
  switch (failure.reason) {
    case 'repositoryNotFound':
      return { field: 'repository', reason: 'notFound' };
    case 'branchNotFound':
      return { field: 'branch', reason: 'notFound' };
    case 'branchInUse':
      return { field: 'branch', reason: 'cloneHasOtherBranch', ...(branch === undefined ? {} : { detail: branch }) };
    case 'folderInUse':
      return {
        field: 'localFolder',
        reason: 'folderHasOtherCheckout',
        ...(branch === undefined ? {} : { detail: branch }),
      };
    case 'unsafePath':
      return {
        field: 'localFolder',
        reason: 'notInWorkspace',
        ...(paths === undefined ? {} : { detail: paths.join(', ') }),
      };
    default:
      return undefined;
  }
}

/** A request that must not go on, as the failure that says so. */
export function failureOf({ field, reason, detail }: FieldProblem): Failure {
  const facts = { detail: detail === undefined ? `${field}: ${reason}` : `${field}: ${reason} (${detail})` };
  if (reason === 'folderHasOtherCheckout') return new Failure('folderInUse', facts);
  if (field === 'repository') return new Failure(reason === 'notFound' ? 'repositoryNotFound' : 'unsafeUrl', facts);
  if (field === 'branch' && reason === 'notFound') return new Failure('branchNotFound', facts);
  if (field === 'name' || field === 'branch') return new Failure('invalidName', facts);
  return new Failure(reason === 'notFound' || reason === 'notADefinition' ? 'invalidFile' : 'unsafePath', facts);
}
