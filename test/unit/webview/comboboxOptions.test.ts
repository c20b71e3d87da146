import assert from 'node:assert/strict';
import { matchOptions, stepTo } from '../../../src/webview/comboboxOptions.ts';

const list = (...values: readonly string[]) => values.map((value) => ({ value }));

describe('the list of a combobox', () => {
  it('shows what holds the typed text, and all that the host found by it', () => {
    const options = [
      { value: 'pay', label: 'acme/payments' },
      { value: 'bill', label: 'acme/billing', foundBy: 'Pay ' },
      { value: 'order', label: 'acme/orders', foundBy: 'ord' },
    ];
    const shown = (query: string) => matchOptions(options, query).shown.map(({ value }) => value);
    assert.deepEqual(shown('pay'), ['pay', 'bill']);
    assert.deepEqual(shown('paym'), ['pay']);
    assert.deepEqual(shown('ord'), ['order']);
    assert.deepEqual(shown(''), ['pay', 'bill', 'order']);
  });

  it('goes around at its ends, one step at a time', () => {
    const shown = list('a', 'b', 'c');
    assert.equal(stepTo(shown, 'a', 1), 'b');
    assert.equal(stepTo(shown, 'c', 1), 'a');
    assert.equal(stepTo(shown, 'a', -1), 'c');
  });

  it('stops at its ends, a page at a time', () => {
    const shown = list('a', 'b', 'c');
    assert.equal(stepTo(shown, 'b', 10), 'c');
    assert.equal(stepTo(shown, 'b', -10), 'a');
    assert.equal(stepTo(shown, undefined, -10), 'a');
  });

  it('starts at the end that the key comes from', () => {
    assert.equal(stepTo(list('a', 'b'), undefined, 1), 'a');
    assert.equal(stepTo(list('a', 'b'), undefined, -1), 'b');
  });

  it('goes on from the same option when another list arrived, and leads nowhere without options', () => {
    assert.equal(stepTo(list('new', 'a', 'b'), 'a', 1), 'b');
    assert.equal(stepTo(list('new', 'b'), 'a', 1), 'new');
    assert.equal(stepTo([], 'a', 1), undefined);
    assert.equal(stepTo([], undefined, -10), undefined);
  });
});
