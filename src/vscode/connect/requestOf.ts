import type { ApiKey } from '../../app/apiNode.ts';
import type { AskedRepository, ConnectRequest } from '../../app/connectRequest.ts';
import type { FormInput } from '../../protocol/connectMessages.ts';

/** What the person filled in, without the blanks around it. */
export function requestOf(
  input: FormInput,
  { host, address, account }: AskedRepository,
  api: ApiKey | undefined,
): ConnectRequest {
  const rootFile = pathOf(input.rootFile);
  const collectionFolder = pathOf(input.collectionFolder);
  return {
    workspaceFolder: input.workspaceFolder,
    ...(api === undefined ? {} : { api }),
    name: input.name.trim(),
    host,
    repository: address,
    ...(account === undefined ? {} : { account }),
    branch: input.branch.trim(),
    ...(rootFile === '' ? {} : { rootFile }),
    ...(collectionFolder === '' ? {} : { collectionFolder }),
    localFolder: pathOf(input.localFolder),
  };
}

/** `./docs/` and `docs` are one folder, and `.` is the top; anything odder is for the check to refuse. */
function pathOf(text: string): string {
  const path = text
    .trim()
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
  return path === '.' ? '' : path;
}
