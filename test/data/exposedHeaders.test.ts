import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposedHeaders } from '../forge/http/exposedHeaders.ts';
import { dataFolder } from './dataFolder.ts';

const folder = dataFolder('host-recordings');

const recordings = {
  github: 'github/octokit-fixtures/git-refs.json',
  gitlab: 'gitlab/recorded-decap-cms.json',
  bitbucket: 'bitbucket/recorded-decap-cms.json',
} as const;

/** Lists as `Access-Control-Expose-Headers` gave them. */
function recorded(file: string): readonly string[] {
  const text = readFileSync(join(folder!, file), 'utf8');
  return [...text.matchAll(/"access-control-expose-headers":\s*"([^"]*)"/gi)].map(([, list = '']) => list);
}

describe('what the clouds let pages of other origins read', () => {
  before(function () {
    if (folder === undefined) this.skip();
  });

  for (const [host, file] of Object.entries(recordings)) {
    it(`is in the stand-in of ${host} what was recorded`, () => {
      assert.ok(recorded(file).includes(exposedHeaders[host as keyof typeof recordings].join(', ')));
    });
  }
});
