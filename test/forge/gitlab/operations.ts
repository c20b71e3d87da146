import type { KeptFields, KeptOperation, KeptType } from '../http/keptOperations.ts';

const repository = '/projects/{id}/repository';
const paged: KeptFields = { page: 'integer', per_page: 'integer' };
const action: KeptType = {
  fields: {
    action: ['create', 'update', 'delete', 'chmod'],
    file_path: 'string',
    content: 'string',
    encoding: ['text', 'base64'],
    last_commit_id: 'string',
    execute_filemode: 'boolean',
  },
  required: ['action', 'file_path'],
};

function read(path: string, query: KeptFields = {}, required: readonly string[] = []): KeptOperation {
  return { method: 'GET', path, query, required };
}

function write(path: string, fields: KeptFields, required: readonly string[]): KeptOperation {
  return { method: 'POST', path, body: { media: 'application/json', type: { fields, required } } };
}

const listed: KeptFields = { ...paged, order_by: ['name', 'id'], sort: ['asc', 'desc'], search: 'string' };
const projects: KeptFields = {
  ...listed,
  order_by: ['last_activity_at', 'id'],
  simple: 'boolean',
  archived: 'boolean',
};

/** What the adapter asks, for machines without the official description; held against it where it is there. */
export const operations: readonly KeptOperation[] = [
  read('/user'),
  read('/groups', { ...listed, min_access_level: ['20'] }),
  read('/groups/{id}/projects', projects),
  read('/users/{user_id}/projects', projects),
  read('/projects/{id}'),
  read(`${repository}/branches`, { ...paged, search: 'string' }),
  read(`${repository}/branches/{branch}`),
  write(`${repository}/branches`, { branch: 'string', ref: 'string' }, ['branch', 'ref']),
  { method: 'DELETE', path: `${repository}/branches/{branch}` },
  read(`${repository}/tree`, {
    ...paged,
    ref: 'string',
    recursive: 'boolean',
    pagination: ['none', 'keyset'],
    page_token: 'string',
  }),
  read(`${repository}/blobs/{sha}/raw`),
  write(
    `${repository}/blobs/batch`,
    { files: { each: { fields: { path: 'string', ref: 'string' }, required: ['path'] } } },
    ['files'],
  ),
  read(`${repository}/commits`, { ...paged, ref_name: 'string', order: ['topo'] }),
  read(`${repository}/merge_base`, { refs: { each: 'string' } }, ['refs']),
  write(
    `${repository}/commits`,
    { branch: 'string', commit_message: 'string', start_sha: 'string', stats: 'boolean', actions: { each: action } },
    ['branch', 'commit_message', 'actions'],
  ),
  read('/projects/{id}/merge_requests', {
    ...paged,
    state: ['opened'],
    source_branch: 'string',
    target_branch: 'string',
  }),
  write(
    '/projects/{id}/merge_requests',
    { source_branch: 'string', target_branch: 'string', title: 'string', description: 'string' },
    ['source_branch', 'target_branch', 'title'],
  ),
];
