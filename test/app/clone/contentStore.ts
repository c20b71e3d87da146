import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitSandbox } from '../../forge/git/gitCommand.ts';

const scripts = {
  clean: [
    'cat > "$d/in.$$"',
    'if head -n 1 "$d/in.$$" | grep -q "^pointer v1$"; then cat "$d/in.$$"; rm "$d/in.$$"; exit; fi',
    'id=$(sha1sum < "$d/in.$$" | cut -d " " -f 1)',
    'mv "$d/in.$$" "$d/$id"',
    'printf "pointer v1\\nid %s\\n" "$id"',
  ],
  smudge: [
    'cat > "$d/out.$$"',
    'id=$(sed -n "s/^id //p" "$d/out.$$")',
    'lines=$(wc -l < "$d/out.$$")',
    'if [ "$lines" = 2 ] && grep -q "^pointer v1$" "$d/out.$$"; then cat "$d/$id" || exit 1; else cat "$d/out.$$"; fi',
    'rm "$d/out.$$"',
  ],
} as const;

/**
 * A filter driver as git-lfs is one: the repository has a pointer, the working tree the content, which lies in a store.
 * As with git-lfs, what is a pointer passes clean as it is, and what is none passes smudge.
 */
export class ContentStore {
  private readonly folder: string;

  /** The Git of everybody in the sandbox has the driver `store`; what uses it is for `.gitattributes` to say. */
  constructor(private readonly sandbox: GitSandbox) {
    this.folder = sandbox.path('home', 'store');
    mkdirSync(this.folder, { recursive: true });
    for (const [name, lines] of Object.entries(scripts)) {
      writeFileSync(this.script(name), `#!/bin/sh\nd='${this.folder}'\n${lines.join('\n')}\n`);
      chmodSync(this.script(name), 0o755);
      sandbox.configure(`filter.store.${name}`, this.script(name));
    }
    sandbox.configure('filter.store.required', 'true');
  }

  /** The pointer to a content that is in the store from now on. */
  pointerTo(content: string): string {
    return execFileSync(this.script('clean'), { input: content }).toString();
  }

  /** The contents are somewhere else, as of a large file that was never fetched. */
  lose(): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
  }

  private script(name: string): string {
    return join(this.sandbox.path('home'), `store-${name}`);
  }
}
