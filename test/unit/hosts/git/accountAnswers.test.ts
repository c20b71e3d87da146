import assert from 'node:assert/strict';
import { AccountAnswers, withoutHelpers } from '../../../../src/hosts/git/accountAnswers.ts';
import { promptKind } from '../../../../src/hosts/git/answerer.ts';
import type { GitSignIn } from '../../../../src/ports/gitWriter.ts';
import { call } from '../../../contract/support.ts';

describe('what an account answers to Git', () => {
  const jane = { user: 'jane@acme.example', password: 'token' };
  const answers = (signIn: GitSignIn | undefined = jane) => {
    const account = { askpass: { main: '', node: '' }, signIn: () => Promise.resolve(signIn) };
    const own = new AccountAnswers('https://git.acme.example', account, call());
    return (text: string) => own.ask({ kind: promptKind(text), text });
  };

  it('is its name and its token', async () => {
    const ask = answers();
    assert.equal(await ask(`Username for 'https://git.acme.example':`), jane.user);
    assert.equal(await ask(`Password for 'https://git.acme.example':`), 'token');
    assert.equal(await ask(`Password for 'https://jane%40acme.example@git.acme.example/scm/pay/x.git':`), 'token');
  });

  it('is nothing to another server, for another name, or to any other question', async () => {
    const ask = answers();
    for (const place of ['https://evil.example', 'http://git.acme.example', 'https://git.acme.example:8443']) {
      assert.equal(await ask(`Username for '${place}':`), undefined, place);
      assert.equal(await ask(`Password for '${place}':`), undefined, place);
    }
    assert.equal(await ask(`Password for 'https://joe@git.acme.example':`), undefined);
    assert.equal(await ask(`Enter passphrase for key '/home/jane/.ssh/id':`), undefined);
    assert.equal(await ask('The authenticity of host cannot be established (yes/no)?'), undefined);
    assert.equal(await ask(`Password for 'nonsense':`), undefined);
  });

  it('is nothing where nobody is signed in', async () => {
    const account = { askpass: { main: '', node: '' }, signIn: () => Promise.resolve(undefined) };
    const own = new AccountAnswers('https://git.acme.example', account, call());
    assert.equal(await own.ask({ kind: 'username', text: `Username for 'https://git.acme.example':` }), undefined);
  });

  it('comes without the helpers of the person, whose other settings stay', () => {
    assert.deepEqual(withoutHelpers({}), {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'credential.helper',
      GIT_CONFIG_VALUE_0: '',
    });
    const own = { GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_KEY_1: 'c.d' };
    assert.deepEqual(withoutHelpers(own), {
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_2: 'credential.helper',
      GIT_CONFIG_VALUE_2: '',
    });
  });
});
