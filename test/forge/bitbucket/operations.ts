import type { ApiDescriptionOptions, ApiException } from '../http/apiDescription.ts';
import type { KeptOperation } from '../http/keptOperations.ts';

const repository = '/repositories/{workspace}/{repo_slug}';
const listed = { q: 'string', sort: 'string' } as const;
const branch = { fields: { branch: { fields: { name: 'string' } } } } as const;

/** What is used of the API, for where its description is not at hand. */
const operations: readonly KeptOperation[] = [
  { method: 'GET', path: '/user' },
  { method: 'GET', path: '/user/workspaces', query: { sort: 'string' } },
  { method: 'GET', path: '/user/workspaces/{workspace}/permissions/repositories', query: listed },
  {
    method: 'GET',
    path: '/repositories/{workspace}',
    query: { ...listed, role: ['member', 'contributor', 'admin', 'owner'] },
  },
  { method: 'GET', path: repository },
  { method: 'GET', path: `${repository}/refs/branches`, query: listed },
  { method: 'POST', path: `${repository}/refs/branches` },
  { method: 'GET', path: `${repository}/refs/branches/{name}` },
  { method: 'DELETE', path: `${repository}/refs/branches/{name}` },
  { method: 'GET', path: `${repository}/src/{commit}/{path}`, query: { ...listed, max_depth: 'integer' } },
  { method: 'POST', path: `${repository}/src` },
  { method: 'GET', path: `${repository}/diffstat/{spec}`, query: { topic: 'boolean', renames: 'boolean' } },
  { method: 'GET', path: `${repository}/commits/{revision}` },
  { method: 'GET', path: `${repository}/commit/{commit}` },
  { method: 'GET', path: `${repository}/merge-base/{revspec}` },
  { method: 'GET', path: `${repository}/pullrequests`, query: { state: ['OPEN', 'MERGED'] } },
  {
    method: 'POST',
    path: `${repository}/pullrequests`,
    body: {
      media: 'application/json',
      type: { fields: { title: 'string', description: 'string', source: branch, destination: branch } },
    },
  },
];

const introduction = 'https://developer.atlassian.com/cloud/bitbucket/rest/intro/';

/** Where the description says less than the host's own words, or than what it was seen to do. */
const exceptions: readonly ApiException[] = [
  {
    method: 'GET',
    path: '*',
    what: 'query parameter pagelen is unknown',
    why: `${introduction}#pagination; recorded-decap-cms: GET …/pullrequests ?pagelen,q -> 200`,
  },
  { method: 'GET', path: '*', what: 'query parameter page is unknown', why: `${introduction}#pagination, in “next”` },
  { method: 'GET', path: '*', what: 'query parameter fields is unknown', why: `${introduction}#partial-response` },
  {
    method: 'GET',
    path: `${repository}/commits/{revision}`,
    what: 'query parameter exclude is unknown',
    why: "the operation's own text: GET …/commits/dev?include=foo&exclude=master",
  },
  {
    method: 'GET',
    path: `${repository}/pullrequests`,
    what: 'query parameter q is unknown',
    why: "the operation's own text: “supports filtering”; recorded-decap-cms: GET …/pullrequests ?pagelen,q -> 200",
  },
  {
    method: 'POST',
    path: `${repository}/pullrequests`,
    what: "body must have required property 'type'",
    why: "the operation's own examples; recorded-decap-cms: POST …/pullrequests -> 201",
  },
  {
    method: 'POST',
    path: `${repository}/refs/branches`,
    what: 'body is unknown',
    why: "the operation's own text has an example of it; go-scm-drone/branch_create.json",
  },
  {
    method: 'POST',
    path: `${repository}/src`,
    what: 'body is unknown',
    why: "the operation's own text: multipart/form-data; recorded-decap-cms: POST …/src parents branch -> 201",
  },
];

export const bitbucketDescription: ApiDescriptionOptions = { kept: operations, exceptions };
