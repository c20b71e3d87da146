import type { QuickDiffProvider, Uri } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import { folderUri, isMember, pathBelow } from '../apiFiles.ts';
import { planItemOf } from '../changeMark.ts';
import { sideUri } from '../files/sideUri.ts';

/** Gutter marks against what was last pulled or pushed. */
export class QuickDiff implements QuickDiffProvider {
  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly api: ApiKey,
  ) {}

  provideOriginalResource(uri: Uri): Uri | undefined {
    const node = this.store.get(this.api);
    const path = node === undefined ? undefined : pathBelow(folderUri(node), uri);
    if (node === undefined || path === undefined || !isMember(node, path)) return undefined;
    const item = planItemOf(node, path);
    const renamed = item?.rename?.here === path ? item.rename.from : undefined;
    // A file without base is new as a whole: nothing to compare line by line.
    if (renamed === undefined && item !== undefined && item.base === undefined) return undefined;
    return sideUri({ api: node.key, path: renamed ?? path, side: 'base' });
  }
}
