/** A rule of `git check-ref-format --branch` that a name breaks. */
export type BranchNameRule =
  'empty' | 'dash' | 'dot' | 'dots' | 'slash' | 'lock' | 'character' | 'atBrace' | 'at' | 'head' | 'tooLong';

/** Git takes a ref's file name from it: longer ones fail on most file systems. In bytes of UTF-8. */
const maximalLength = 244;

/**
 * The first rule that `name` breaks as a branch's name without `refs/heads/`; `undefined`: Git takes it.
 * Rules: git-check-ref-format(1), with `HEAD` refused as `git branch` does,
 * and `@`, which Git takes for `HEAD` nearly everywhere.
 */
export function branchNameProblem(name: string): BranchNameRule | undefined {
  if (name === '') return 'empty';
  if (name === 'HEAD') return 'head';
  if (name === '@') return 'at';
  if (name.startsWith('-')) return 'dash';
  if (name.includes('..')) return 'dots';
  if (name.includes('@{')) return 'atBrace';
  if (/[\s~^:?*[\\\p{Surrogate}]/u.test(name) || hasControl(name)) return 'character';
  if (name.endsWith('.')) return 'dot';
  const segments = name.split('/');
  if (segments.includes('')) return 'slash';
  if (segments.some((segment) => segment.startsWith('.'))) return 'dot';
  if (segments.some((segment) => segment.endsWith('.lock'))) return 'lock';
  return new TextEncoder().encode(name).length > maximalLength ? 'tooLong' : undefined;
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}
