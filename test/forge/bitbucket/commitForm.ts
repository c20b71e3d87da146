import type { ForgeReply, ForgeRequest } from '../http/forge.ts';
import { RefRefused, type CommitEdits } from '../http/forgeGit.ts';
import type { GitMode } from '../git/gitRepository.ts';
import { problem } from './answers.ts';
import type { BitbucketRepository } from './bitbucketRepository.ts';
import { parseFormData, type FormDataPart } from './formData.ts';

const fieldNames = ['message', 'author', 'parents', 'files', 'branch'];

/** `POST …/src`, as its description has it. */
export async function commitForm(
  request: ForgeRequest,
  repository: BitbucketRepository,
  commitUrl: (id: string) => string,
): Promise<ForgeReply> {
  const parts = parseFormData(request.headers['content-type'] ?? '', request.body);
  const isField = ({ name, fileName }: FormDataPart) => fileName === undefined && fieldNames.includes(name);
  const fields = (name: string) =>
    parts.filter((part) => isField(part) && part.name === name).map(({ content }) => content.toString());
  if (fields('branch').length > 1) return problem(400, 'The branch field cannot be repeated.');
  if (fields('parents').length > 1) return problem(400, 'parents: Only a single SHA1 is accepted.');
  const [named] = fields('branch');
  const [parent] = fields('parents');
  const place = await placeOf(repository, named, parent);
  if ('status' in place) return place;
  const files = parts.filter((part) => !isField(part));
  const edits = new Map(fields('files').map((path) => [fromRoot(path), null]));
  const missing = await missingIn(repository, place.parent, [...edits.keys()]);
  if (missing !== undefined) return problem(400, `files: No such file: ${missing}`, { fields: { files: [] } });
  const written = files.map(({ name, attributes, content }) => {
    return [fromRoot(name), { mode: modeOf(attributes), bytes: content }] as const;
  });
  const all: CommitEdits = new Map([...edits, ...written]);
  if (repository.restricted.has(place.branch))
    return problem(403, `Permission denied to update branch ${place.branch}.`);
  const [message = 'Edited online with Bitbucket'] = fields('message');
  try {
    const id = await repository.git.commit({ ...place, edits: all, message });
    if (place.parent === undefined) repository.mainBranch = place.branch;
    return { status: 201, headers: { 'content-type': 'text/html; charset=utf-8', location: commitUrl(id) } };
  } catch (error) {
    if (error instanceof RefRefused) return conflict;
    throw error;
  }
}

const conflict = problem(409, 'The parent commit is not the head of the branch');

interface Place {
  readonly branch: string;
  readonly expectedHead: string | undefined;
  readonly parent: string | undefined;
}

/** Where the commit goes, and what it goes on top of. */
async function placeOf(
  repository: BitbucketRepository,
  named: string | undefined,
  parent: string | undefined,
): Promise<Place | ForgeReply> {
  const { git } = repository;
  const main = await repository.findMainBranch();
  const branch = named ?? main ?? 'master';
  if (parent !== undefined && (await git.commitObject(parent)) === undefined) {
    return problem(400, `parents: Commit not found: ${parent}`, { fields: { parents: [] } });
  }
  const head = await git.head(branch);
  if (head !== undefined) {
    return parent !== undefined && parent !== head ? conflict : { branch, expectedHead: head, parent: head };
  }
  const start = parent ?? (main === undefined ? undefined : await git.head(main));
  return { branch, expectedHead: undefined, parent: start };
}

async function missingIn(
  { git }: BitbucketRepository,
  commit: string | undefined,
  paths: readonly string[],
): Promise<string | undefined> {
  for (const path of paths) {
    if (commit === undefined || (await git.entryAt(commit, path)) === undefined) return path;
  }
  return undefined;
}

function modeOf(attributes: string | undefined): GitMode {
  if (attributes === 'executable') return '100755';
  return attributes === 'link' ? '120000' : '100644';
}

/** Paths are absolute from the root of the repository, with a leading slash or without. */
function fromRoot(path: string): string {
  return path.replace(/^\//, '');
}
