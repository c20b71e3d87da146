import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Git's name for whoever tries the sample; nothing where the person's own Git knows one. */
export async function authorIdentity(): Promise<Record<string, string>> {
  if ((await configured('user.name')) && (await configured('user.email'))) return {};
  const [name, email] = ['Sample Author', 'sample@localhost'];
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}

async function configured(key: string): Promise<boolean> {
  return run('git', ['config', '--get', key]).then(
    () => true,
    // Git's exit code 1: no such setting.
    () => false,
  );
}
