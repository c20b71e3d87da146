import { counted } from '../texts/counted.ts';
import { onOneLine } from '../texts/onOneLine.ts';
import { workingText } from '../texts/progressText.ts';
import type { ApiStatus, ChangedFile } from './apiStatus.ts';

/** For people: a line for each API, and below it what is worth knowing. */
export function statusLines(statuses: readonly ApiStatus[]): readonly string[] {
  if (statuses.length === 0) return ['There are no APIs.'];
  const lines = statuses.flatMap((status) => [`${nameOf(status)}: ${summaryOf(status)}`, ...detailsOf(status)]);
  return lines.map(onOneLine);
}

function nameOf({ name, repository, branch }: ApiStatus): string {
  const where = [repository, branch].filter((each) => each !== undefined).join(', ');
  return where === '' ? name : `${name} (${where})`;
}

function summaryOf({ state, branch, outgoing, incoming, conflicts, failure }: ApiStatus): string {
  if (state === 'local') return 'not connected';
  if (state === 'unapproved') return 'not connected on this computer; open the folder in VS Code and approve it';
  if (branch === undefined) return 'nothing is known';
  const counts = [
    outgoing.length > 0 && `${String(outgoing.length)} outgoing`,
    incoming.length > 0 && `${String(incoming.length)} incoming`,
    conflicts.length > 0 && counted(conflicts.length, 'conflict'),
  ].filter((each) => each !== false);
  if (counts.length > 0) return counts.join(', ');
  return failure === undefined ? 'up to date' : 'nothing outgoing';
}

function detailsOf(status: ApiStatus): readonly string[] {
  const { outgoing, incoming, conflicts, failure, standing, working } = status;
  const lines = [
    ...outgoing.map((file) => fileLine('outgoing', file)),
    ...incoming.map((file) => fileLine('incoming', file)),
    ...conflicts.map((file) => fileLine('conflict', file)),
  ];
  if (standing === 'deleted') lines.push('The branch was deleted in the repository.');
  if (standing === 'rewritten')
    lines.push('The branch was force-pushed: what was synced last is no part of it any more.');
  if (status.inDoubt) lines.push('It is not known whether the last push arrived.');
  if (status.parked !== undefined) lines.push(`Work is parked on ${status.parked.join(', ')}.`);
  if (working !== undefined) lines.push(`Right now ${workingText(working)}`);
  if (failure !== undefined) lines.push(`${failure.message} This is what is known without it.`);
  return lines.map((line) => `  ${line}`);
}

function fileLine(list: string, { path, change }: ChangedFile): string {
  return `${list}  ${change.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}  ${path}`;
}
