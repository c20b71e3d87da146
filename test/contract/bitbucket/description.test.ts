import assert from 'node:assert/strict';
import { ApiDescription } from '../../forge/http/apiDescription.ts';
import { bitbucketDescription } from '../../forge/bitbucket/operations.ts';

describe('the operations of Bitbucket that are kept by hand', () => {
  it('are those of its description', function () {
    const official = ApiDescription.official('bitbucket.json', bitbucketDescription);
    if (!official) return this.skip();
    assert.deepEqual(official.differences(), []);
  });
});
