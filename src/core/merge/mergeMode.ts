import type { FileMode } from '../model/snapshot.ts';

/** The mode of a merged file: the one that a side changed. Where both added the file, executable is the change. */
export function mergeMode(base: FileMode | undefined, ours: FileMode, theirs: FileMode): FileMode {
  return ours === (base ?? 'regular') ? theirs : ours;
}
