import type { KeptFields, KeptOperation } from '../http/keptOperations.ts';

const organization = '/{organization}/_apis';
const repositories = '/{organization}/{project}/_apis/git/repositories';
const repository = `${repositories}/{repository}`;
const required = ['api-version'];

function read(path: string, query: KeptFields = {}, more: readonly string[] = []): KeptOperation {
  return { method: 'GET', path, query: { ...query, 'api-version': 'string' }, required: [...required, ...more] };
}

function write(path: string, type: NonNullable<KeptOperation['body']>['type']): KeptOperation {
  const body = { media: 'application/json', ...(type === undefined ? {} : { type }) };
  return { method: 'POST', path, query: { 'api-version': 'string' }, required, body };
}

const refUpdate = { fields: { name: 'string', oldObjectId: 'string', newObjectId: 'string' } } as const;
const change = {
  fields: {
    changeType: ['add', 'edit', 'delete'],
    item: { fields: { path: 'string' } },
    newContent: { fields: { content: 'string', contentType: ['base64Encoded', 'rawText'] } },
  },
} as const;
const pullRequest = {
  fields: { sourceRefName: 'string', targetRefName: 'string', title: 'string', description: 'string' },
} as const;

/** What the adapter asks, for machines without the official description; held against it where it is there. */
export const operations: readonly KeptOperation[] = [
  read(`${organization}/projects`, { $top: 'integer', continuationToken: 'integer' }),
  read(repositories),
  read(repository),
  read(`${repository}/refs`, { filter: 'string', $top: 'integer', continuationToken: 'string' }),
  write(`${repository}/refs`, { each: refUpdate }),
  read(`${repository}/commits/{commitId}`),
  read(`${repository}/commits/{commitId}/mergebases`, { otherCommitId: 'string' }, ['otherCommitId']),
  read(`${repository}/trees/{sha1}`, { recursive: 'boolean' }),
  write(`${repository}/blobs`, { each: 'string' }),
  write(`${repository}/pushes`, {
    fields: {
      refUpdates: { each: refUpdate },
      commits: { each: { fields: { comment: 'string', changes: { each: change } } } },
    },
  }),
  read(`${repository}/pullrequests`, {
    'searchCriteria.sourceRefName': 'string',
    'searchCriteria.targetRefName': 'string',
    'searchCriteria.status': ['active'],
  }),
  write(`${repository}/pullrequests`, pullRequest),
];
