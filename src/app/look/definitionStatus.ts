import { detectDefinition } from '../../core/definition/detectDefinition.ts';
import type { DefinitionType } from '../../core/definition/definition.ts';
import type { Api } from '../../core/model/api.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Snapshot } from '../../core/model/snapshot.ts';
import type { CollectionStatus, DefinitionFile, DefinitionStatus } from '../apiNode.ts';
import type { Closures } from './closures.ts';
import type { Ground } from './ground.ts';

/** What is known of an API's files once its universe is. */
export interface Findings {
  readonly members: ReadonlySet<RepoPath>;
  readonly collections: readonly CollectionStatus[];
  readonly local: Snapshot;
  readonly remote: Snapshot;
}

export async function definitionStatus(
  api: Api,
  closures: Closures,
  findings: Findings,
  ground: Ground,
): Promise<DefinitionStatus> {
  const type = await typeOfRoot(api.rootFile, ground);
  return {
    ...(type === undefined ? {} : { type }),
    files: filesOf(api, closures, findings, ground),
    references: closures.local.problems,
    documents: closures.local.documents,
  };
}

function filesOf(api: Api, closures: Closures, findings: Findings, ground: Ground): readonly DefinitionFile[] {
  const referencedHere = new Set(closures.local.files);
  const referencedThere = new Set(closures.remote.files);
  const collections = new Set(findings.collections.map(({ path }) => path));
  const added = new Set(api.addedFiles);
  const paths = new Set([...referencedHere, ...referencedThere, ...added, ...findings.members]);
  const files: DefinitionFile[] = [];
  for (const path of [...paths].sort()) {
    if (path === api.rootFile || (collections.has(path) && !referencedHere.has(path) && !added.has(path))) continue;
    const presence = presenceOf(path, findings, ground);
    const isReferenced = referencedHere.has(path) || (presence === 'incoming' && referencedThere.has(path));
    // What a person deleted is a change of theirs, not a file of the definition that is missing.
    if (presence === 'missing' && !added.has(path)) continue;
    files.push({ path, presence, role: isReferenced ? 'dependent' : added.has(path) ? 'added' : 'unreferenced' });
  }
  const root = api.rootFile;
  if (root === undefined) return files;
  return [{ path: root, role: 'root', presence: presenceOf(root, findings, ground) }, ...files];
}

function presenceOf(path: RepoPath, { local, remote }: Findings, { base }: Ground): DefinitionFile['presence'] {
  if (local.has(path)) return 'here';
  return remote.has(path) && !base.versions.has(path) ? 'incoming' : 'missing';
}

async function typeOfRoot(root: RepoPath | undefined, ground: Ground): Promise<DefinitionType | undefined> {
  if (root === undefined) return undefined;
  const { local, remote, knowledge, understood, call } = ground;
  const id = local.versionOf(root)?.id ?? remote.idOf(root);
  const known = id === undefined ? undefined : knowledge.types.get(id);
  if (known !== undefined) return known ?? undefined;
  const here = await local.read([root]);
  const bytes = (await understood(here.size > 0 ? here : await remote.read([root], call))).get(root);
  if (bytes === undefined) return undefined;
  const type = detectDefinition(root, bytes);
  if (id !== undefined) knowledge.types.set(id, type ?? null);
  return type;
}
