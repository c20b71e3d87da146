import assert from 'node:assert/strict';
import { hostWords } from '../../../src/vscode/messages/hostWords.ts';

describe('what a host said, within a sentence', () => {
  for (const [said, within] of [
    ['Changes must go through a pull request.', 'Changes must go through a pull request'],
    ['Rule violations found\n\nUse a pull request.\r\n\r\n', 'Rule violations found. Use a pull request'],
    ['remote: no', 'remote: no'],
    ['', ''],
  ] as const) {
    it(JSON.stringify(said), () => assert.equal(hostWords(said), within));
  }
});
