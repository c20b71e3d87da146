import { Failure } from '../../core/errors.ts';
import type { WriteFile } from '../../core/model/change.ts';
import type { CallContext, CommitResult } from '../../ports/repositoryHost.ts';
import { makeObjects, type ExactCommit } from './exactCommit.ts';
import type { GitData } from './gitData.ts';
import type { Place } from './places.ts';
import type { Refs } from './refs.ts';

/**
 * The first commit of an empty repository, which takes no Git objects and has no branch to commit on: only a single
 * file can be put into it. One plain file is all there is to do. Of several, the first file opens the repository;
 * then the commit that was asked for is made beside it, and takes its place. So there is one commit in the end, whole,
 * and if anything goes wrong between, what is there is a part of it and nothing else. A server that cannot compare when
 * it moves a branch keeps that part, and the rest is `stale`: planned again, it goes on top.
 */
export async function commitFirst(
  data: GitData,
  refs: Refs,
  place: Place,
  request: ExactCommit,
  call: CallContext,
): Promise<CommitResult> {
  const { branch, message, changes } = request;
  const files = changes.filter((change): change is WriteFile => change.kind === 'write');
  const [first] = files;
  if (first === undefined) throw new Failure('nothingToPush', data.api.facts(place.facts));
  const opened = await data.putFile(place, { ...first, branch, message }, call);
  if (files.length === 1 && first.mode === 'regular') return opened;
  // Somebody else's first commit came in between: theirs stays, with our one file on top.
  if (opened.parent !== undefined) throw new Failure('stale', data.api.facts(place.facts));
  const commit = await makeObjects(data, place, request, call);
  await refs.move(place, { branch, from: opened.commit, to: commit, force: true }, call);
  return { commit, parent: undefined };
}
