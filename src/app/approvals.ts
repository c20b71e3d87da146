import type { Api } from '../core/model/api.ts';
import type { RepositoryRef } from '../core/model/repository.ts';
import type { Personal } from '../ports/personal.ts';
import type { ApiNode } from './apiNode.ts';

/** What a person approves: this API may talk to this repository for this folder. A change of any part asks again. */
export function approvalKey(workspaceFolder: string, { id, folder }: Api, repository: RepositoryRef): string {
  return JSON.stringify([workspaceFolder, id, folder, repository.host, repository.origin, repository.id]);
}

/** Whether an API of `apis.json` may be opened here. */
export function stateOf(personal: Personal, workspaceFolder: string, api: Api): ApiNode['state'] {
  if (api.connection === undefined) return 'local';
  const key = approvalKey(workspaceFolder, api, api.connection.repository);
  return personal.isApproved(key) ? 'connected' : 'unapproved';
}
