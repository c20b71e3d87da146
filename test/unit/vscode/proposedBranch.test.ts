import assert from 'node:assert/strict';
import fc from 'fast-check';
import { branchNameProblem } from '../../../src/core/model/branchName.ts';
import { proposedBranch } from '../../../src/vscode/commands/proposedBranch.ts';

describe('the name that is proposed for a new branch', () => {
  it('says what was changed, behind the person’s own prefix', () => {
    assert.equal(proposedBranch('', 'Fix the refund schema'), 'fix-the-refund-schema');
    assert.equal(proposedBranch('jane/', 'Größe & Maße!\n\nMore.'), 'jane/größe-maße');
    assert.equal(proposedBranch('', '...'), 'changes');
    assert.equal(proposedBranch('no good~', 'Fix'), 'fix');
    assert.equal(
      proposedBranch('', 'A message that goes on and on about everything that was changed'),
      'a-message-that-goes-on-and-on-about',
    );
  });

  it('can always be a branch’s name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (message, prefix) => {
        assert.equal(branchNameProblem(proposedBranch(prefix, message)), undefined);
      }),
    );
  });
});
