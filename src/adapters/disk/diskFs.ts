import * as fs from 'node:fs/promises';

/** What is needed of Node's `fs`, so that a test can let a write fail where a disk would. */
export type DiskFs = Pick<
  typeof fs,
  | 'chmod'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'mkdtemp'
  | 'open'
  | 'readdir'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'unlink'
  | 'utimes'
  | 'writeFile'
>;

export const nodeFs: DiskFs = fs;
