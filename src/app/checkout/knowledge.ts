import type { CollectionOutline } from '../../core/collection/collectionOutline.ts';
import type { DefinitionType } from '../../core/definition/definition.ts';
import { ScanCache } from '../../core/definition/scanCache.ts';
import type { BlobId } from '../../core/model/ids.ts';

/** What was found out about contents, by their id: never wrong, only forgotten. */
export interface Knowledge {
  readonly scans: ScanCache;
  /** `null`: no collection. */
  readonly outlines: Map<BlobId, CollectionOutline | null>;
  /** `null`: no definition. */
  readonly types: Map<BlobId, DefinitionType | null>;
  /** Ids of base, ours and theirs → whether they can be joined. */
  readonly merges: Map<string, boolean>;
}

export function emptyKnowledge(): Knowledge {
  return { scans: new ScanCache(), outlines: new Map(), types: new Map(), merges: new Map() };
}
