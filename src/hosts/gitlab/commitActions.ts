import type { CommitAction } from '@gitbeaker/rest';
import type { FileChange, WriteFile } from '../../core/model/change.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { Tree, TreeEntry } from '../../core/model/snapshot.ts';
import type { Hasher } from '../../ports/hasher.ts';
import { encodeBase64 } from '../http/base64.ts';

/**
 * What a commit does, for GitLab. `seen` goes with every action on a file that is there: it is refused when the path
 * has changed since then. Deletions come first, since a file may become a folder.
 */
export async function commitActions(
  changes: readonly FileChange[],
  tree: Tree,
  seen: CommitId | undefined,
  hasher: Hasher,
): Promise<CommitAction[]> {
  const guard = seen === undefined ? {} : { lastCommitId: seen };
  const deletions: CommitAction[] = [];
  const writes: CommitAction[] = [];
  for (const change of changes) {
    const entry = tree.get(change.path);
    // An update would keep a link a link.
    const isFile = entry?.kind === 'regular' || entry?.kind === 'executable';
    if (change.kind === 'delete' || (entry !== undefined && !isFile)) {
      deletions.push({ action: 'delete', filePath: change.path, ...guard });
    }
    if (change.kind === 'delete') continue;
    if (!isFile) writes.push(...creation(change));
    else for (const action of await update(change, entry, hasher)) writes.push({ ...action, ...guard });
  }
  return [...deletions, ...writes];
}

/** The executable bit is considered in an action of its own only. */
function creation(change: WriteFile): readonly CommitAction[] {
  const create: CommitAction = { action: 'create', filePath: change.path, ...contentOf(change) };
  return change.mode === 'executable' ? [create, chmod(change)] : [create];
}

async function update(change: WriteFile, entry: TreeEntry, hasher: Hasher): Promise<readonly CommitAction[]> {
  const write: CommitAction = { action: 'update', filePath: change.path, ...contentOf(change) };
  if (change.mode === entry.kind) return [write];
  return (await hasher.blobId(change.bytes)) === entry.id ? [chmod(change)] : [write, chmod(change)];
}

function chmod({ path, mode }: WriteFile): CommitAction {
  return { action: 'chmod', filePath: path, execute_filemode: mode === 'executable' };
}

/** As text where it is one, byte for byte. */
function contentOf({ bytes }: WriteFile): Pick<CommitAction, 'content' | 'encoding'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // Rails takes no NUL in a text.
    if (!text.includes('\0')) return { content: text, encoding: 'text' };
  } catch {
    // No UTF-8: base64 holds anything.
  }
  return { content: encodeBase64(bytes), encoding: 'base64' };
}
