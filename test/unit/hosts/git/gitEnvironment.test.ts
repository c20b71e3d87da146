import assert from 'node:assert/strict';
import { gitEnvironment } from '../../../../src/hosts/git/gitEnvironment.ts';

describe('gitEnvironment', () => {
  it('drops what points Git elsewhere or changes what it prints', () => {
    const names = [
      'GIT_DIR',
      'GIT_WORK_TREE',
      'GIT_INDEX_FILE',
      'GIT_OBJECT_DIRECTORY',
      'GIT_CONFIG_PARAMETERS',
      'GIT_TRACE',
      'GIT_TRACE2_EVENT',
      'GIT_LITERAL_PATHSPECS',
      'GIT_ASKPASS',
      'GIT_NAMESPACE',
    ];
    const scrubbed = gitEnvironment(Object.fromEntries(names.map((name) => [name, 'x'])));
    for (const name of names) assert.equal(scrubbed[name], undefined, name);
  });

  it('keeps the person’s configuration', () => {
    const own = {
      HOME: '/h',
      PATH: '/p',
      GIT_CONFIG_GLOBAL: '/g',
      GIT_CONFIG_COUNT: '0',
      GIT_SSH_COMMAND: 's',
      GIT_AUTHOR_NAME: 'a',
      SSH_AUTH_SOCK: 'k',
      GIT_HTTP_LOW_SPEED_TIME: '5',
    };
    const kept = gitEnvironment(own);
    for (const [name, value] of Object.entries(own)) assert.equal(kept[name], value, name);
  });

  it('never lets Git ask in a terminal, speak another language, or use a transport unasked', () => {
    const { GIT_TERMINAL_PROMPT, LC_ALL, GIT_ALLOW_PROTOCOL, GIT_PROTOCOL_FROM_USER } = gitEnvironment({
      LC_ALL: 'de_DE.UTF-8',
      GIT_TERMINAL_PROMPT: '1',
      GIT_ALLOW_PROTOCOL: 'ext',
    });
    assert.deepEqual([GIT_TERMINAL_PROMPT, LC_ALL, GIT_ALLOW_PROTOCOL, GIT_PROTOCOL_FROM_USER], ['0', 'C', '', '0']);
  });
});
