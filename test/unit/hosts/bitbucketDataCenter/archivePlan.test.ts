import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RepoPath } from '../../../../src/core/model/repoPath.ts';
import { planArchive } from '../../../../src/hosts/bitbucketDataCenter/archivePlan.ts';

const paths = (count: number, name: (index: number) => string): RepoPath[] =>
  Array.from({ length: count }, (_, index) => name(index) as RepoPath);

describe('the plan of archives', () => {
  it('asks for few files by their names', () => {
    const all = paths(100, (index) => `api/${index}.yaml`);
    const plan = planArchive(all.slice(0, 3), all, { exact: false });
    assert.deepEqual(plan, { requests: [['api/0.yaml', 'api/1.yaml', 'api/2.yaml']], alone: [] });
  });

  it('asks for a folder of which half is wanted, and not for what is beside it', () => {
    const api = paths(20, (index) => `api/v1/${index}.yaml`);
    const rest = paths(100, (index) => `api/v2/${index}.yaml`);
    assert.deepEqual(planArchive(api.slice(0, 10), [...api, ...rest], { exact: false }).requests, [['api/v1']]);
    assert.deepEqual(planArchive(api.slice(0, 9), [...api, ...rest], { exact: false }).requests[0]?.length, 9);
  });

  it('asks for everything when nearly everything is wanted', () => {
    const all = paths(5_000, (index) => `dir${index % 7}/${index}.yaml`);
    assert.deepEqual(planArchive(all, all, { exact: false }).requests, [['']]);
  });

  it('asks for no folder where it has to be exact, and for no more than an address holds', () => {
    const all = paths(1_000, (index) => `a/folder with spaces/and ünïcödé/${index}.yaml`);
    const { requests } = planArchive(all, all, { exact: true });
    assert.deepEqual(requests.flat(), all);
    for (const batch of requests) {
      const length = batch.reduce((sum, path) => sum + `&path=${encodeURIComponent(path)}`.length, 0);
      assert.ok(length <= 6_000, `${length}`);
    }
  });

  it('leaves out what Git would take for a pattern', () => {
    const all = [':(glob)magic', ':x/y.yaml', 'a:b'] as RepoPath[];
    assert.deepEqual(planArchive(all, all, { exact: false }), { requests: [['a:b']], alone: all.slice(0, 2) });
  });

  it('covers every file that is wanted', () => {
    const path = fc.stringMatching(/^[ab](\/[ab:]{1,2}){0,3}$/).map((text) => text as RepoPath);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 60 }), fc.nat(60), fc.boolean(), (all, most, exact) => {
        const wanted = all.slice(0, most);
        const { requests, alone } = planArchive(wanted, all, { exact });
        const asked = requests.flat();
        for (const one of wanted) {
          const isAsked = asked.some((at) => at === '' || at === one || one.startsWith(`${at}/`));
          assert.ok(isAsked || alone.includes(one), one);
        }
      }),
    );
  });
});
