import type { Api } from '../core/model/api.ts';
import type { RepositoryRef } from '../core/model/repository.ts';
import type { Personal } from '../ports/personal.ts';
import type { ApiNode } from './apiNode.ts';

/** What a person approves: this API may talk to this repository for this folder. A change of any part asks again. */
export function approvalKey(workspaceFolder: string, { id, folder }: Api, repository: RepositoryRef): string {
  return JSON.stringify([workspaceFolder, id, folder, repository.host, repository.origin, repository.id]);
}

/** What a person approves by name, before the first repository there: this server is theirs to talk to. */
export function serverKey({ origin }: Pick<RepositoryRef, 'origin'>): string {
  return JSON.stringify(['server', origin]);
}

/** Whether an API of `apis.json` may be opened here. */
export function stateOf(personal: Personal, workspaceFolder: string, api: Api): ApiNode['state'] {
  if (api.connection === undefined) return 'local';
  const key = approvalKey(workspaceFolder, api, api.connection.repository);
  return personal.isApproved(key) ? 'connected' : 'unapproved';
}

/** Under this key it is remembered that the person ended what they had approved. */
export function endedKey(approval: string): string {
  return JSON.stringify(['ended', approval]);
}

/** Of an API that is not connected: whether this person ended the connection, in place of never having approved it. */
export function isEnded(personal: Personal, workspaceFolder: string, api: Api): boolean {
  if (api.connection === undefined || stateOf(personal, workspaceFolder, api) === 'connected') return false;
  return personal.isDeclined(endedKey(approvalKey(workspaceFolder, api, api.connection.repository)));
}

/** Whether its folder may be looked at: nothing of a connection that nobody here approved is opened. */
export function isReadable({ state, ended }: Pick<ApiNode, 'state' | 'ended'>): boolean {
  return state !== 'unapproved' || ended === true;
}
