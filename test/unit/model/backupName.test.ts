import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backupName, branchFolder } from '../../../src/core/model/backupName.ts';
import { checkPath, checkPaths } from '../../../src/core/model/pathRules.ts';

describe('names of backups', () => {
  it('say when and why, in the order of time', () => {
    const name = backupName('accept-theirs', Date.UTC(2026, 0, 2, 3, 4, 5, 678));
    assert.equal(name, '2026-01-02 03-04-05 accept-theirs');
    assert.equal(checkPath(name, 'windows'), undefined);
  });

  it('are folders on every platform for every branch, and never the same for two', () => {
    const branches = fc.uniqueArray(
      fc.oneof(fc.constantFrom('con', 'a/b', 'a-b', 'A/B', 'a.', '-', '‮', 'é'), fc.string({ minLength: 1 })),
    );
    fc.assert(
      fc.property(branches, (names) => {
        const folders = names.map((name, index) => `${branchFolder(name, index)}/openapi.yaml`);
        for (const platform of ['linux', 'mac', 'windows'] as const) {
          assert.deepEqual(checkPaths(folders, platform), []);
        }
      }),
    );
    assert.equal(branchFolder('feature/pay-by-card', 0), '1 feature-pay-by-card');
  });
});
