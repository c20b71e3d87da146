import { l10n, window, type FileDecoration, type FileDecorationProvider, type Uri } from 'vscode';
import type { ApiNode } from '../app/apiNode.ts';
import type { ReadonlyApiStore } from '../app/apiStore.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import { isBelow, type RepoPath } from '../core/model/repoPath.ts';
import { changeMark, type ChangeMark } from './changeMark.ts';
import { markColor, markLetter, markTooltip } from './markTexts.ts';
import { parseRowUri } from './tree/rowUri.ts';

/** Letters and colours of our own rows. The explorer is left to whoever decorates it: no letter comes twice. */
export class FileDecorations implements FileDecorationProvider, Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly changes = this.subscriptions.add(new Emitter<undefined>());
  /** Of each node's plan, by path; dropped with the node. */
  private readonly marks = new WeakMap<ApiNode, ReadonlyMap<RepoPath, ChangeMark>>();

  readonly onDidChangeFileDecorations = this.changes.event;

  constructor(private readonly store: ReadonlyApiStore) {
    this.subscriptions.add(store.onDidChange(() => this.changes.fire(undefined)));
    this.subscriptions.add(window.registerFileDecorationProvider(this));
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const row = parseRowUri(uri);
    const node = row === undefined ? undefined : this.store.get(row.api);
    if (row === undefined || node === undefined) return undefined;
    const marks = this.marksOf(node);
    const mark = marks.get(row.path);
    if (mark !== undefined) return { badge: markLetter(mark), color: markColor(mark), tooltip: markTooltip(mark) };
    const inside = strongestBelow(row.path, marks);
    return inside && { badge: '•', color: markColor(inside), tooltip: l10n.t('Contains changes') };
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private marksOf(node: ApiNode): ReadonlyMap<RepoPath, ChangeMark> {
    const known = this.marks.get(node);
    if (known !== undefined) return known;
    const made = new Map<RepoPath, ChangeMark>();
    for (const item of node.sync?.plan ?? []) {
      const mark = changeMark(item);
      if (mark !== undefined) made.set(item.path, mark);
    }
    this.marks.set(node, made);
    return made;
  }
}

/** For a folder's row: a conflict below it outshines everything else. */
function strongestBelow(folder: RepoPath, marks: ReadonlyMap<RepoPath, ChangeMark>): ChangeMark | undefined {
  const below = [...marks].filter(([path]) => isBelow(path, folder)).map(([, mark]) => mark);
  return below.includes('conflict') ? 'conflict' : below.length > 0 ? 'modified' : undefined;
}
