import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { FileChange } from '../../core/model/change.ts';
import { checkPath, checkPaths } from '../../core/model/pathRules.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { ApplyTools } from './applyTools.ts';
import { carryOut } from './carryOut.ts';
import { codeOf } from './ioError.ts';
import { ParentFolders } from './parentFolders.ts';
import { stageChanges } from './stageChanges.ts';

/**
 * Makes every change or none. First everything is checked and written beside (nothing of the person's is touched),
 * then it is put in its place; what goes wrong there is taken back.
 */
export async function applyChanges(
  changes: readonly FileChange[],
  tools: ApplyTools,
  signal: AbortSignal,
): Promise<void> {
  if (changes.length === 0) return;
  refuseUnsafeNames(changes, tools.platform);
  refuseLarge(changes);
  await refuseObstacles(changes, tools);
  const folder = await tools.own.makeTemporary();
  let keep = false;
  try {
    const staged = await stageChanges(changes, folder, tools, signal);
    throwIfCancelled(signal);
    await carryOut(staged, tools, () => (keep = true));
  } finally {
    if (!keep) await clean(folder, tools);
  }
}

function refuseUnsafeNames(changes: readonly FileChange[], platform: PathPlatform): void {
  const written = changes.filter((change) => change.kind === 'write').map((change) => change.path);
  const deleted = changes.filter((change) => change.kind === 'delete').map((change) => change.path);
  const refusals = [...deleted.flatMap((path) => checkPath(path, platform) ?? []), ...checkPaths(written, platform)];
  const [first] = refusals;
  if (first === undefined) return;
  throw new Failure('unsafePath', { paths: refusals.map((refusal) => refusal.path), detail: first.rule });
}

function refuseLarge(changes: readonly FileChange[]): void {
  const large = changes.filter((change) => change.kind === 'write' && change.bytes.length > limits.fileBytes);
  if (large.length > 0) throw new Failure('tooLarge', { paths: large.map((change) => change.path) });
}

/** A link leads who knows where; a file above a path is in the way unless it is deleted first. */
async function refuseObstacles(changes: readonly FileChange[], { fs, root }: ApplyTools): Promise<void> {
  const parents = new ParentFolders(fs, root);
  const deleted = new Set(changes.filter((change) => change.kind === 'delete').map((change) => change.path));
  const linked: RepoPath[] = [];
  const blocked: RepoPath[] = [];
  for (const { path } of changes) {
    const obstacle = await parents.obstacleAt(path);
    if (obstacle === undefined) continue;
    if (obstacle.kind === 'link') linked.push(path);
    else if (obstacle.path !== path && !deleted.has(obstacle.path)) blocked.push(path);
  }
  if (linked.length > 0) throw new Failure('unsafePath', { paths: linked, detail: 'link' });
  if (blocked.length > 0) throw new Failure('changedMeanwhile', { paths: blocked });
}

async function clean(folder: string, { fs, log }: ApplyTools): Promise<void> {
  try {
    await fs.rm(folder, { recursive: true, force: true });
  } catch (error) {
    log.warn(`temporary files stay behind (${codeOf(error)}): ${folder}`);
  }
}
