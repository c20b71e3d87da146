import {
  l10n,
  window,
  type TreeDataProvider,
  type TreeDragAndDropController,
  type TreeItem,
  type TreeView,
} from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../core/events.ts';
import type { ShownSignIns } from '../accounts/shownSignIns.ts';
import { views } from '../contributions.ts';
import type { CurrentApi } from '../currentApi.ts';
import { apisFileItem } from './apisFileItem.ts';
import type { ApisFileRow } from './apisFileRow.ts';
import { isOffline } from './contextValue.ts';
import { rowItem } from './rowItem.ts';
import { rowTooltip } from './rowTexts.ts';
import { TreeModel } from './treeModel.ts';
import type { TreeRow } from './treeRow.ts';

type ViewRow = ApisFileRow | TreeRow;

/** The view *APIs*: a projection of the store. */
export class ApisView implements TreeDataProvider<ViewRow>, Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly changes = this.subscriptions.add(new Emitter<ViewRow | undefined>());
  private readonly model: TreeModel;
  private readonly view: TreeView<ViewRow>;

  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly signIns: Pick<ShownSignIns, 'onDidChange' | 'notices' | 'accountOf'>,
    current: CurrentApi,
    dragAndDropController: TreeDragAndDropController<ViewRow>,
  ) {
    this.model = new TreeModel(store, () => signIns.notices());
    this.view = this.subscriptions.add(
      window.createTreeView<ViewRow>(views.apis, {
        treeDataProvider: this,
        dragAndDropController,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.subscriptions.add(
      this.view.onDidChangeSelection(({ selection }) => {
        const [first] = selection;
        if (first !== undefined && first.kind !== 'apisFile') current.select(first.api);
      }),
    );
    this.subscriptions.add(store.onDidChange(() => this.refresh()));
    this.subscriptions.add(signIns.onDidChange(() => this.refresh()));
    this.refresh();
  }

  /** Shown or hidden; for looking at hosts only while somebody watches. */
  get onDidChangeVisibility(): Event<{ readonly visible: boolean }> {
    return this.view.onDidChangeVisibility;
  }

  async reveal(api: ApiKey): Promise<void> {
    if (this.store.get(api) !== undefined)
      await this.view.reveal(this.model.apiRow(api), { select: true, focus: false });
  }

  getTreeItem(row: ViewRow): TreeItem {
    if (row.kind === 'apisFile') return apisFileItem(row);
    const node = this.store.get(row.api);
    if (node === undefined) return { id: row.id };
    return rowItem(row, node);
  }

  getChildren(row?: ViewRow): ViewRow[] {
    if (row?.kind === 'apisFile') return [];
    return [...(row === undefined ? [...this.model.fileRows(), ...this.model.roots()] : this.model.children(row))];
  }

  getParent(row: ViewRow): ViewRow | undefined {
    return row.kind === 'apisFile' || row.kind === 'api' || row.kind === 'notice' ? undefined : row.parent;
  }

  resolveTreeItem(item: TreeItem, row: ViewRow): TreeItem {
    if (row.kind === 'apisFile') return item;
    const node = this.store.get(row.api);
    const repository = node?.api.connection?.repository;
    if (node !== undefined) item.tooltip = rowTooltip(row, node, repository && this.signIns.accountOf(repository));
    return item;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private refresh(): void {
    const stale = this.model.staleRows();
    if (stale === undefined) this.changes.fire(undefined);
    else for (const row of stale) this.changes.fire(row);
    this.view.badge = badgeOf(this.store);
    const offline = this.store.apis.some((node) => node.state === 'connected' && isOffline(node));
    // Cleared by the empty string: `undefined` is not allowed under exactOptionalPropertyTypes.
    this.view.message = offline ? l10n.t('Offline: this is what was known last. You can go on editing.') : '';
  }
}

function badgeOf({ apis }: ReadonlyApiStore): { value: number; tooltip: string } | undefined {
  let incoming = 0;
  let conflicts = 0;
  for (const { sync } of apis) {
    incoming += sync?.incoming ?? 0;
    conflicts += sync?.conflicts ?? 0;
  }
  if (incoming + conflicts === 0) return undefined;
  return { value: incoming + conflicts, tooltip: l10n.t('{0} to pull, {1} in conflict', incoming, conflicts) };
}
