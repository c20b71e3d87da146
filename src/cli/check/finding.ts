import type { FileDefect } from '../../core/definition/fileDefects.ts';
import type { TextRange } from '../../core/definition/definition.ts';

export type FindingKind =
  | FileDefect['message']
  | 'apisFile'
  | 'unreadable'
  | 'missingFile'
  | 'unresolvedReference'
  | 'outsideReference'
  | 'unknownDefinition'
  | 'unknownCollection'
  | 'unansweredRequest'
  | 'foreignRequest'
  | 'unaddressedRequest'
  | 'uncoveredOperation';

/** Something to do about a file, and where. */
export interface Finding {
  readonly kind: FindingKind;
  /** A note is worth knowing and lets a check pass. */
  readonly severity: 'error' | 'note';
  /** Relative to where the command was called, with `/`. */
  readonly file: string;
  /** From 1, as people count. */
  readonly line: number;
  readonly column: number;
  /** One sentence or two, on one line. */
  readonly message: string;
}

export interface ApiReport {
  readonly id: string;
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly requests: number;
}

export interface Report {
  /** Of `.vscode/apis.json` itself. */
  readonly apisFile: readonly Finding[];
  readonly apis: readonly ApiReport[];
}

export function allFindings({ apisFile, apis }: Report): readonly Finding[] {
  return [...apisFile, ...apis.flatMap(({ findings }) => findings)];
}

/** The place of a range; without one, the top of the file. */
export function placeOf(range: TextRange | undefined): Pick<Finding, 'line' | 'column'> {
  return { line: (range?.line ?? 0) + 1, column: (range?.character ?? 0) + 1 };
}
