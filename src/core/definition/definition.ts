import type { BlobId } from '../model/ids.ts';
import type { RepoPath } from '../model/repoPath.ts';

export type DefinitionFormat = 'openapi' | 'asyncapi' | 'jsonSchema' | 'graphql' | 'protobuf' | 'wsdl' | 'raml';

export interface DefinitionType {
  readonly format: DefinitionFormat;
  /** As the document says it: `3.1.0`, `2.0`, `proto3`; empty where the format has none. */
  readonly version: string;
}

/** Where something stands in a file: zero-based line and character (UTF-16 units), as editors count. */
export interface TextRange {
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** A reference as it was found in a file. */
export interface Reference {
  /** The value after the document's own escapes were undone, fragment and query still on. */
  readonly target: string;
  readonly range: TextRange;
  /** Whether the format gives it a meaning here, so that a missing target is worth an alarm. */
  readonly alarm: boolean;
}

/** A reference that joins nothing to the definition. */
export interface ReferenceProblem {
  /** `unresolved`: no such file in the repository. `outside`: leaves the repository or points to the network. */
  readonly kind: 'unresolved' | 'outside';
  readonly from: RepoPath;
  readonly target: string;
  readonly range: TextRange;
  /** An existing name that differs by case or Unicode form only. */
  readonly suggestion?: RepoPath;
}

/** A document that could not be read properly; its references were found as text all the same. */
export interface DocumentProblem {
  readonly path: RepoPath;
  readonly message: 'doesNotParse' | 'duplicateKey' | 'tooLarge' | 'tooDeep' | 'binary';
  readonly range?: TextRange;
}

export interface Closure {
  /** The root and everything reachable from it, in the order of discovery, root first. */
  readonly files: readonly RepoPath[];
  /** Which files each file references, for "who needs this?". Only files of the closure. */
  readonly references: ReadonlyMap<RepoPath, readonly RepoPath[]>;
  readonly problems: readonly ReferenceProblem[];
  readonly documents: readonly DocumentProblem[];
}

/** One state of a repository, as the closure sees it. */
export interface DefinitionSource {
  /** Whether a regular file of that exact name exists. No I/O: the tree is known. */
  has(path: RepoPath): boolean;
  /** Every path, for suggestions; asked at most once a closure. */
  paths(): Iterable<RepoPath>;
  /** The id of a file, where known: the key under which what was scanned is remembered. */
  idOf(path: RepoPath): BlobId | undefined;
  /** Contents, one call a level of references; an absent file is absent from the answer. */
  read(paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, Uint8Array>>;
}
