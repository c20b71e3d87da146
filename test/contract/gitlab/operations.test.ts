import assert from 'node:assert/strict';
import { ApiDescription } from '../../forge/http/apiDescription.ts';
import { exceptions } from '../../forge/gitlab/exceptions.ts';
import { operations } from '../../forge/gitlab/operations.ts';

describe('the operations of GitLab that are kept by hand', () => {
  it('are those of its description', function () {
    const official = ApiDescription.official('gitlab.json', { strip: '/api/v4', kept: operations, exceptions });
    if (!official) return this.skip();
    assert.deepEqual(official.differences(), []);
  });
});
