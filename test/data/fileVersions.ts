import { execFileSync } from 'node:child_process';

/** A file of a repository, and the ids of its contents, oldest first, each once. */
export interface FileHistory {
  readonly path: string;
  readonly versions: readonly string[];
}

/** What a bundle's repository holds: every version of every file. */
export class FileVersions {
  private readonly contents = new Map<string, Uint8Array>();

  /** @param repository a Git folder */
  constructor(private readonly repository: string) {}

  histories(): readonly FileHistory[] {
    const log = this.git(
      'log',
      '--all',
      '--topo-order',
      '--reverse',
      '-m',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '-z',
    );
    const versions = new Map<string, Set<string>>();
    for (const [, before = '', after = '', path = ''] of log
      .toString()
      .matchAll(/:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) [A-Z]\0([^\0]+)\0/gu)) {
      const known = versions.get(path) ?? new Set();
      versions.set(path, known);
      for (const id of [before, after]) if (!/^0+$/u.test(id)) known.add(id);
    }
    return [...versions].map(([path, ids]) => ({ path, versions: [...ids] }));
  }

  read(id: string): Uint8Array {
    const known = this.contents.get(id) ?? new Uint8Array(this.git('cat-file', 'blob', id));
    this.contents.set(id, known);
    return known;
  }

  private git(...args: readonly string[]): Buffer {
    return execFileSync('git', ['-C', this.repository, ...args], { maxBuffer: 256 * 1024 * 1024 });
  }
}
