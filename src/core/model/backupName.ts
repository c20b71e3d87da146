/** What a person asked for, and what is copied before it happens. */
export type BackupReason = (typeof reasons)[number];

const reasons = [
  'discard',
  'accept-mine',
  'accept-theirs',
  'accept-result',
  'delete-file',
  'push',
  'park',
  'rewritten',
  'delete-branch',
  'disconnect',
  'restore',
  'recovery',
] as const;

/** What a backup's folder is called, the first one at its top: `2026-11-22 20-38-05 discard`. The time is UTC. */
export function backupName(reason: BackupReason, now: number): string {
  const time = new Date(now).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  return `${time.replace('T', ' ').replaceAll(':', '-')} ${reason}`;
}

/**
 * Reads what {@link backupName} wrote, with the number that a second one of that name has; `undefined` for a folder
 * that a person named. `time`: milliseconds since 1970.
 */
export function parseBackupName(name: string): { readonly reason: BackupReason; readonly time: number } | undefined {
  const [, day, hours, minutes, seconds, word] =
    /^(\d{4}-\d\d-\d\d) (\d\d)-(\d\d)-(\d\d) ([a-z-]+)(?: \d+)?$/.exec(name) ?? [];
  const time = Date.parse(`${String(day)}T${String(hours)}:${String(minutes)}:${String(seconds)}Z`);
  const reason = reasons.find((each) => each === word);
  return reason === undefined || Number.isNaN(time) ? undefined : { reason, time };
}

/**
 * The folder of one branch in a backup of several: a name that every platform holds, and that tells apart branches
 * whose names differ in case or in a slash alone.
 */
export function branchFolder(branch: string, index: number): string {
  const legible = branch.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  return `${String(index + 1)} ${legible.replace(/^-|-$/gu, '')}`.trim();
}
