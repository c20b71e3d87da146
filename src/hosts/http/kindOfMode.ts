import type { TreeEntryKind } from '../../core/model/snapshot.ts';

/** What a mode of Git's trees says, folders apart. Old Git wrote group-writable files as 100664. */
export function kindOfMode(mode: string): TreeEntryKind {
  if (mode === '120000') return 'link';
  if (mode === '160000') return 'submodule';
  return (Number.parseInt(mode, 8) & 0o100) === 0 ? 'regular' : 'executable';
}
