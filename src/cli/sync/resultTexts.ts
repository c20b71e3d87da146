import type { PullResult, PushResult } from '../../app/useCases.ts';
import { counted } from '../texts/counted.ts';

export function pullText({ taken, merged, conflicts }: PullResult): string {
  const done = [
    taken > 0 && `pulled ${counted(taken, 'file')}`,
    merged > 0 && `merged ${counted(merged, 'file')}`,
  ].filter((each) => each !== false);
  if (conflicts.length === 0) return done.length === 0 ? 'nothing to pull.' : `${done.join(', ')}.`;
  const open = `${counted(conflicts.length, 'conflict')}: ${conflicts.join(', ')}`;
  return `${[...done, open].join('; ')}. Your files stayed as they were there; solve it in the editor.`;
}

export function pushText({ files, branch, landedOnNewerHead }: PushResult): string {
  const below = landedOnNewerHead ? ' Somebody’s commit came in between and lies below it: pull to get it.' : '';
  return `pushed ${counted(files, 'file')} to “${branch}”.${below}`;
}
