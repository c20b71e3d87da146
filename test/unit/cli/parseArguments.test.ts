import assert from 'node:assert/strict';
import { parseArguments, type Request } from '../../../src/cli/parseArguments.ts';
import { UsageError } from '../../../src/cli/refusal.ts';

describe('parseArguments', () => {
  const reads = (line: string, expected: Request): void => {
    it(line, () => assert.deepEqual(parseArguments(line.split(' ')), expected));
  };
  const here = { folder: '.', apis: [] };
  reads('status', { command: 'status', ...here, format: 'text' });
  reads('status --json apis', { command: 'status', folder: 'apis', apis: [], format: 'json' });
  reads('check', { command: 'check', ...here, format: 'text', strict: false });
  reads('check --strict --format github .', { command: 'check', ...here, format: 'github', strict: true });
  reads('check --json --format json', { command: 'check', ...here, format: 'json', strict: false });
  reads('--api A check --api B', { command: 'check', folder: '.', apis: ['A', 'B'], format: 'text', strict: false });
  reads('pull -- -odd', { command: 'pull', folder: '-odd', apis: [] });
  reads('push -m Mine', { command: 'push', ...here, message: 'Mine' });
  reads('push --message=Mine apis', { command: 'push', folder: 'apis', apis: [], message: 'Mine' });
  reads('--help', { command: 'help' });
  reads('push -h', { command: 'help' });
  reads('help', { command: 'help' });
  reads('--version', { command: 'version' });

  const refuses = (args: readonly string[], message: string): void => {
    it(`${args.join(' ') || 'nothing'}: ${message}`, () =>
      assert.throws(
        () => parseArguments(args),
        (error) => error instanceof UsageError && error.message === message,
      ));
  };
  refuses([], 'Say what to do: status, check, pull or push.');
  refuses(['publish'], 'There is no command “publish”. There are status, check, pull and push.');
  refuses(['toString'], 'There is no command “toString”. There are status, check, pull and push.');
  refuses(['status', 'a', 'b', 'c'], '“status” takes one folder, and there are 3.');
  refuses(['pull', '--strict'], '“pull” has no option “--strict”.');
  refuses(['check', '-m', 'x'], '“check” has no option “--message”.');
  refuses(['check', '--nonsense'], "Unknown option '--nonsense'.");
  refuses(['check', '--format', 'xml'], 'There is no format “xml”. There are text, json and github.');
  refuses(['check', '--json', '--format', 'github'], '“--json” and “--format github” contradict each other.');
  refuses(['push'], 'Say what you changed: push -m "…".');
  refuses(['push', '-m', ' '], 'Say what you changed: push -m "…".');
});
