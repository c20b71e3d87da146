import type { KeptFields, KeptOperation } from '../http/keptOperations.ts';

const repository = '/api/latest/projects/{projectKey}/repos/{repositorySlug}';
const branchUtils = '/branch-utils/latest/projects/{projectKey}/repos/{repositorySlug}/branches';
const paging: KeptFields = { start: 'number', limit: 'number' };

const refFields = {
  fields: {
    id: 'string',
    repository: { fields: { slug: 'string', project: { fields: { key: 'string' }, required: ['key'] } } },
  },
} as const;

/** The operations of Bitbucket Data Center 9.2 that are used, as its description has them. */
export const operations: readonly KeptOperation[] = [
  { method: 'GET', path: '/api/latest/application-properties' },
  { method: 'GET', path: '/api/latest/projects', query: paging },
  { method: 'GET', path: '/api/latest/projects/{projectKey}/repos', query: paging },
  {
    method: 'GET',
    path: '/api/latest/repos',
    query: { ...paging, projectkey: 'string', name: 'string', permission: ['REPO_READ', 'REPO_WRITE', 'REPO_ADMIN'] },
  },
  { method: 'GET', path: repository },
  { method: 'GET', path: `${repository}/default-branch` },
  {
    method: 'GET',
    path: `${repository}/branches`,
    query: { ...paging, filterText: 'string', orderBy: ['ALPHABETICAL', 'MODIFICATION'] },
  },
  { method: 'GET', path: `${repository}/files`, query: { ...paging, at: 'string' } },
  { method: 'GET', path: `${repository}/raw/{path}`, query: { at: 'string' } },
  { method: 'GET', path: `${repository}/archive`, query: { at: 'string', format: 'string', path: 'string' } },
  { method: 'GET', path: `${repository}/compare/changes`, query: { ...paging, from: 'string', to: 'string' } },
  {
    method: 'GET',
    path: `${repository}/commits`,
    query: { ...paging, until: 'string', since: 'string', ignoreMissing: 'string' },
  },
  { method: 'GET', path: `${repository}/commits/{commitId}/merge-base`, query: { otherCommitId: 'string' } },
  {
    method: 'GET',
    path: `${repository}/pull-requests`,
    query: { ...paging, at: 'string', direction: 'string', state: 'string' },
  },
  {
    method: 'POST',
    path: `${repository}/pull-requests`,
    body: {
      media: 'application/json',
      type: { fields: { title: 'string', description: 'string', fromRef: refFields, toRef: refFields } },
    },
  },
  {
    method: 'POST',
    path: branchUtils,
    body: { media: 'application/json', type: { fields: { name: 'string', startPoint: 'string' } } },
  },
  {
    method: 'DELETE',
    path: branchUtils,
    body: {
      media: 'application/json',
      type: { fields: { name: 'string', endPoint: 'string', dryRun: 'boolean' } },
    },
  },
];
