import { branchNameProblem } from '../../core/model/branchName.ts';

const longest = 40;

/** A branch's name made of what was changed: `fix-the-refund-schema`, behind the prefix that the person uses for Git. */
export function proposedBranch(prefix: string, message: string): string {
  const words = (message.trim().split('\n')[0] ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let slug = words[0]?.slice(0, longest) ?? 'changes';
  for (const word of words.slice(1)) {
    if (slug.length + word.length >= longest) break;
    slug += `-${word}`;
  }
  const name = `${prefix}${slug}`;
  return branchNameProblem(name) === undefined ? name : slug;
}
