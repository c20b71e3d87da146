import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinedBytes } from '../../../../src/hosts/http/joinedBytes.ts';

describe('joined bytes', () => {
  it('are those of every piece, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => {
        assert.deepEqual(
          [...joinedBytes(pieces)],
          pieces.flatMap((piece) => [...piece]),
        );
      }),
    );
  });

  it('are a copy', () => {
    const piece = Uint8Array.of(1);
    joinedBytes([piece])[0] = 2;
    assert.equal(piece[0], 1);
  });
});
