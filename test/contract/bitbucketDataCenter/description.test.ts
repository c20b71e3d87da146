import assert from 'node:assert/strict';
import { operations } from '../../forge/bitbucketDataCenter/operations.ts';
import { ApiDescription } from '../../forge/http/apiDescription.ts';

describe('the operations of Bitbucket Data Center that are kept by hand', () => {
  it('are those of its official description', function () {
    const official = ApiDescription.official('bitbucket-datacenter.json', { kept: operations });
    if (!official) this.skip();
    assert.deepEqual(official.differences(), []);
  });
});
