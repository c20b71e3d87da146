/** What a collection holds, as far as a tree shows it. */
export interface CollectionOutline {
  readonly name: string;
  readonly items: readonly OutlineItem[];
}

export type OutlineItem = OutlineFolder | OutlineRequest;

export interface OutlineFolder {
  readonly kind: 'folder';
  readonly name: string;
  readonly items: readonly OutlineItem[];
}

export interface OutlineRequest {
  readonly kind: 'request';
  readonly name: string;
  /** Upper case, as written: `GET`, `PURGE`. */
  readonly method: string;
}
