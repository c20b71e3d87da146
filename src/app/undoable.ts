import type { OperationContext } from '../ports/progress.ts';

/** Copies of what an operation replaced, deleted or took out of sight. */
export interface Backup {
  /** The folder that holds them, relative to the checkout's. */
  readonly folder: string;
  readonly files: number;
}

/** What was done by name, and can be taken back for as long as nobody went on from there. */
export interface Undoable {
  /** Absent: there was nothing to copy. */
  readonly backup?: Backup;
  /** @throws Failure `changedMeanwhile` when that would undo something else, too; then nothing is undone. */
  undo(context: OperationContext): Promise<void>;
}
