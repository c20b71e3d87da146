import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import { asBlobId, type BlobId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Tree, TreeEntry, TreeEntryKind } from '../../core/model/snapshot.ts';
import type { TreeChange } from '../../ports/repositoryHost.ts';
import { kindOfMode } from '../http/kindOfMode.ts';

/** What `git diff-tree --raw -z --no-renames` says of one path; an absent side is `undefined`. */
export interface RawChange {
  readonly path: RepoPath;
  readonly before: RawSide | undefined;
  readonly after: RawSide | undefined;
}

export interface RawSide {
  readonly kind: TreeEntryKind;
  readonly id: BlobId;
}

/** Reads `git ls-tree -r -z`. Names are taken as they are, hostile ones included. @throws Failure `tooLarge` */
export function parseTree(output: Uint8Array): Tree {
  const tree = new Map<RepoPath, TreeEntry>();
  for (const record of records(output)) {
    const [, mode = '', id = '', name = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t([^]*)$/.exec(record) ?? [];
    const path = name as RepoPath;
    tree.set(path, { path, kind: kindOfMode(mode), id: asBlobId(id) });
    if (tree.size > limits.treeEntries)
      throw new Failure('tooLarge', { detail: `more than ${limits.treeEntries} files` });
  }
  return tree;
}

/** Reads `git diff-tree -r --raw -z --no-renames`. */
export function parseRawChanges(output: Uint8Array): readonly RawChange[] {
  const fields = records(output);
  const changes: RawChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [oldMode = '', newMode = '', oldId = '', newId = ''] = (fields[index] ?? '').slice(1).split(' ');
    changes.push({ path: fields[index + 1] as RepoPath, before: side(oldMode, oldId), after: side(newMode, newId) });
  }
  return changes;
}

export function asTreeChange({ path, before, after }: RawChange): TreeChange {
  if (after === undefined) return { path, kind: 'deleted' };
  return { path, kind: before === undefined ? 'added' : 'modified', to: after };
}

function side(mode: string, id: string): RawSide | undefined {
  return mode === '000000' ? undefined : { kind: kindOfMode(mode), id: asBlobId(id) };
}

function records(output: Uint8Array): readonly string[] {
  const text = Buffer.from(output.buffer, output.byteOffset, output.byteLength).toString();
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}
