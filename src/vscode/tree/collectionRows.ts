import type { ApiNode } from '../../app/apiNode.ts';
import type { OutlineItem } from '../../core/collection/collectionOutline.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { idMaker } from './idMaker.ts';
import type { CollectionFolderRow, CollectionRow, CollectionsRow, RequestRow } from './treeRow.ts';

export function collectionRows(parent: CollectionsRow, node: ApiNode): readonly CollectionRow[] {
  return (node.collections ?? []).map((collection) => ({
    kind: 'collection',
    id: `${parent.id}/${collection.path}`,
    api: parent.api,
    parent,
    collection,
  }));
}

/** In the collection's own order, which is the order of its runs. */
export function collectionItemRows(
  parent: CollectionRow | CollectionFolderRow,
): readonly (CollectionFolderRow | RequestRow)[] {
  const { path, items } = itemsOf(parent);
  const uniqueId = idMaker(`${parent.id}/item`);
  return items.map((item) =>
    item.kind === 'folder'
      ? { kind: 'collectionFolder', id: uniqueId(item.name), api: parent.api, parent, path, folder: item }
      : { kind: 'request', id: uniqueId(`${item.method} ${item.name}`), api: parent.api, parent, path, request: item },
  );
}

function itemsOf(row: CollectionRow | CollectionFolderRow): { path: RepoPath; items: readonly OutlineItem[] } {
  return row.kind === 'collection'
    ? { path: row.collection.path, items: row.collection.outline.items }
    : { path: row.path, items: row.folder.items };
}
