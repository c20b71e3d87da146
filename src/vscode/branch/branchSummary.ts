import type { SyncStatus } from '../../app/apiNode.ts';

/** Branch and what is to be pushed, pulled and decided: `main ↑1 ↓2 !1`; the same in every language. */
export function branchSummary(sync: SyncStatus): string {
  const counts: readonly (readonly [string, number])[] = [
    ['↑', sync.outgoing],
    ['↓', sync.incoming],
    ['!', sync.conflicts],
  ];
  return [sync.branch, ...counts.filter(([, count]) => count > 0).map(([sign, count]) => `${sign}${count}`)].join(' ');
}
