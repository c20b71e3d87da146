import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ApisFileProblem, ReadonlyApiStore } from '../../app/apiStore.ts';
import type { AccountNotice } from '../accounts/accountNotices.ts';
import { apisFileRows, type ApisFileRow } from './apisFileRow.ts';
import { collectionItemRows, collectionRows } from './collectionRows.ts';
import { definitionRows, fileProblemRows, folderRows } from './definitionRows.ts';
import type { ApiRow, CollectionsRow, DefinitionRow, NoticeRow, TreeRow } from './treeRow.ts';

interface ApiRows {
  readonly api: ApiRow;
  readonly definition: DefinitionRow;
  readonly collections: CollectionsRow;
}

/**
 * The rows of the APIs view, without any VS Code. Rows of an API, its definition and its collections are the same
 * objects for as long as the API exists: VS Code refreshes by identity.
 */
export class TreeModel {
  private readonly rows = new Map<ApiKey, ApiRows>();
  private shown: readonly ApiNode[];

  private shownNotices: string;
  private shownProblems: readonly ApisFileProblem[];

  constructor(
    private readonly store: Pick<ReadonlyApiStore, 'apis' | 'get' | 'problems'>,
    private readonly notices: () => readonly AccountNotice[] = () => [],
  ) {
    this.shown = store.apis;
    this.shownNotices = this.noticeIds();
    this.shownProblems = store.problems;
  }

  /** What stands above all others. */
  fileRows(): readonly ApisFileRow[] {
    return apisFileRows(this.store.problems);
  }

  roots(): readonly (NoticeRow | ApiRow)[] {
    const notices = this.notices().map((notice): NoticeRow => ({
      kind: 'notice',
      id: notice.id,
      api: notice.api,
      notice,
    }));
    return [...notices, ...this.store.apis.map(({ key }) => this.rowsOf(key).api)];
  }

  children(row: TreeRow): readonly TreeRow[] {
    const node = this.store.get(row.api);
    if (node === undefined) return [];
    switch (row.kind) {
      case 'api': {
        const { definition, collections } = this.rowsOf(row.api);
        return [definition, collections];
      }
      case 'definition':
        return definitionRows(row, node);
      case 'folder':
        return folderRows(row);
      case 'definitionFile':
        return fileProblemRows(row, node);
      case 'collections':
        return collectionRows(row, node);
      case 'collection':
      case 'collectionFolder':
        return collectionItemRows(row);
      case 'notice':
      case 'referenceProblem':
      case 'documentProblem':
      case 'request':
        return [];
    }
  }

  apiRow(key: ApiKey): ApiRow {
    return this.rowsOf(key).api;
  }

  /** The smallest rows to draw again since the last call; `undefined`: the whole tree. */
  staleRows(): readonly TreeRow[] | undefined {
    const before = this.shown;
    const now = this.store.apis;
    this.shown = now;
    const notices = this.noticeIds();
    const sameNotices = notices === this.shownNotices;
    this.shownNotices = notices;
    const sameProblems = this.store.problems === this.shownProblems;
    this.shownProblems = this.store.problems;
    const sameList =
      sameNotices &&
      sameProblems &&
      before.length === now.length &&
      before.every(({ key }, index) => key === now[index]?.key);
    if (!sameList) {
      this.forget(now);
      return undefined;
    }
    return now.flatMap((node, index) => this.staleRowsOf(before[index] ?? node, node));
  }

  private staleRowsOf(before: ApiNode, now: ApiNode): readonly TreeRow[] {
    if (before === now) return [];
    const { api, definition, collections } = this.rowsOf(now.key);
    const parts = new Set(
      [...Object.keys(before), ...Object.keys(now)].filter(
        (part) => before[part as keyof ApiNode] !== now[part as keyof ApiNode],
      ),
    );
    if (parts.size === 1 && parts.has('definition')) return [definition];
    if (parts.size === 1 && parts.has('collections')) return [collections];
    return [api];
  }

  private noticeIds(): string {
    return JSON.stringify(this.notices().map(({ id }) => id));
  }

  private rowsOf(key: ApiKey): ApiRows {
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const api: ApiRow = { kind: 'api', id: key, api: key };
    const made: ApiRows = {
      api,
      definition: { kind: 'definition', id: `${key}/definition`, api: key, parent: api },
      collections: { kind: 'collections', id: `${key}/collections`, api: key, parent: api },
    };
    this.rows.set(key, made);
    return made;
  }

  private forget(now: readonly ApiNode[]): void {
    const kept = new Set(now.map(({ key }) => key));
    for (const key of this.rows.keys()) if (!kept.has(key)) this.rows.delete(key);
  }
}
