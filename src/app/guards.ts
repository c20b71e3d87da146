import { Failure } from '../core/errors.ts';
import type { FileChange } from '../core/model/change.ts';
import { checkPaths, type PathPlatform } from '../core/model/pathRules.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { Editors } from '../ports/editors.ts';
import type { RemoteFiles } from './checkout/remoteFiles.ts';
import type { FolderPlace } from './folderPlace.ts';

/** An unsaved editor is an edit. @throws Failure `unsavedEditors` naming them. */
export function refuseUnsaved(editors: Editors, checkout: FolderPlace, paths: Iterable<RepoPath>): void {
  const unsaved = editors.unsaved(checkout.workspaceFolder, checkout.folder, [...paths]);
  if (unsaved.length > 0) throw new Failure('unsavedEditors', { paths: unsaved });
}

/**
 * The last look at the editors, right before the first byte: what was typed while an operation read and compared is an
 * edit, too. @throws Failure `unsavedEditors`.
 */
export function refuseTyped(editors: Editors, checkout: FolderPlace, changes: readonly FileChange[]): void {
  refuseUnsaved(
    editors,
    checkout,
    changes.map(({ path }) => path),
  );
}

/**
 * Paths from a host are data: refused by name, before anything is written. `beside`: files that stay where they are.
 * @throws Failure `unsafePath`.
 */
export function refuseUnsafe(written: Iterable<RepoPath>, beside: Iterable<RepoPath>, platform: PathPlatform): void {
  const wanted = new Set(written);
  const refusals = checkPaths(new Set([...beside, ...wanted]), platform).filter(
    ({ path, other }) => wanted.has(path as RepoPath) || wanted.has(other as RepoPath),
  );
  const [first] = refusals;
  if (first === undefined) return;
  const detail = first.other === undefined ? first.rule : `${first.rule}: ${first.other}`;
  throw new Failure('unsafePath', { paths: refusals.map(({ path }) => path), detail });
}

/**
 * What cannot be compared is not written over.
 * @throws Failure `unsafePath` (detail `linkThere`) for links and submodules; `tooLarge` for files of unknown version.
 */
export function refuseOpaque(paths: Iterable<RepoPath>, remote: RemoteFiles): void {
  const opaque = [...paths].filter((path) => remote.isOpaque(path));
  const links = opaque.filter((path) => remote.isLeftAlone(path));
  if (links.length > 0) throw new Failure('unsafePath', { paths: links, detail: 'linkThere' });
  if (opaque.length > 0) throw new Failure('tooLarge', { paths: opaque });
}

/** @throws Failure `tooLarge` naming files of the repository that we neither read nor write. */
export function refuseTooLarge(paths: Iterable<RepoPath>, remote: RemoteFiles): void {
  const large = [...paths].filter((path) => remote.isTooLarge(path));
  if (large.length > 0) throw new Failure('tooLarge', { paths: large });
}
