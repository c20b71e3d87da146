import type { ApiKey, CollectionStatus, DefinitionFile } from '../../app/apiNode.ts';
import type { OutlineFolder, OutlineRequest } from '../../core/collection/collectionOutline.ts';
import type { DocumentProblem, ReferenceProblem } from '../../core/definition/definition.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { AccountNotice } from '../accounts/accountNotices.ts';

interface Row {
  /** Unique in the tree and the same after a refresh: VS Code keeps selection and expansion by it. */
  readonly id: string;
  readonly api: ApiKey;
}

export interface ApiRow extends Row {
  readonly kind: 'api';
}

/** What is to be said of a sign-in, above the APIs that it is about; `api`: the first of them. */
export interface NoticeRow extends Row {
  readonly kind: 'notice';
  readonly notice: AccountNotice;
}

export interface DefinitionRow extends Row {
  readonly kind: 'definition';
  readonly parent: ApiRow;
}

export interface FolderRow extends Row {
  readonly kind: 'folder';
  readonly parent: DefinitionRow | FolderRow;
  /** `schemas`, or `common/schemas` where nothing else is in between. */
  readonly label: string;
  readonly path: RepoPath;
  readonly entries: readonly DefinitionFile[];
  /** Files of the definition with problem rows below them. */
  readonly troubled: ReadonlySet<RepoPath>;
}

export interface FileRow extends Row {
  readonly kind: 'definitionFile';
  readonly parent: DefinitionRow | FolderRow;
  readonly file: DefinitionFile;
  readonly hasProblems: boolean;
}

export interface ReferenceProblemRow extends Row {
  readonly kind: 'referenceProblem';
  readonly parent: DefinitionRow | FileRow;
  readonly problem: ReferenceProblem;
}

export interface DocumentProblemRow extends Row {
  readonly kind: 'documentProblem';
  readonly parent: DefinitionRow | FileRow;
  readonly problem: DocumentProblem;
}

export interface CollectionsRow extends Row {
  readonly kind: 'collections';
  readonly parent: ApiRow;
}

export interface CollectionRow extends Row {
  readonly kind: 'collection';
  readonly parent: CollectionsRow;
  readonly collection: CollectionStatus;
}

export interface CollectionFolderRow extends Row {
  readonly kind: 'collectionFolder';
  readonly parent: CollectionRow | CollectionFolderRow;
  readonly path: RepoPath;
  readonly folder: OutlineFolder;
}

export interface RequestRow extends Row {
  readonly kind: 'request';
  readonly parent: CollectionRow | CollectionFolderRow;
  readonly path: RepoPath;
  readonly request: OutlineRequest;
}

export type ProblemRow = ReferenceProblemRow | DocumentProblemRow;

export type TreeRow =
  | NoticeRow
  | ApiRow
  | DefinitionRow
  | FolderRow
  | FileRow
  | ProblemRow
  | CollectionsRow
  | CollectionRow
  | CollectionFolderRow
  | RequestRow;
