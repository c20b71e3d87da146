import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/errors.ts';
import { addressOf, parseAddress, parseOrigin } from '../../../../src/hosts/azureDevOps/address.ts';

const cloud = 'https://dev.azure.com/acme';
const collection = 'https://tfs.acme.example/tfs/DefaultCollection';

function refuses(work: () => unknown, rule: RegExp): void {
  assert.throws(work, (error) => Failure.is(error, 'unsafeUrl') && rule.test(error.facts.detail ?? ''));
}

describe('addresses of Azure DevOps', () => {
  const understood: readonly (readonly [typed: string, origin: string, name: string])[] = [
    ['https://dev.azure.com/acme/Shop/_git/payments', cloud, 'Shop/payments'],
    ['  https://dev.azure.com/acme/Shop/_git/payments/  ', cloud, 'Shop/payments'],
    ['https://acme@dev.azure.com/acme/Shop/_git/payments', cloud, 'Shop/payments'],
    ['https://dev.azure.com/acme/My%20Shop/_git/pay%23ments', cloud, 'My Shop/pay#ments'],
    ['https://dev.azure.com/acme/Gr%C3%B6%C3%9Fe/_git/payments', cloud, 'Größe/payments'],
    ['https://dev.azure.com/acme/_git/Shop', cloud, 'Shop/Shop'],
    ['https://dev.azure.com/acme/Shop/_git/payments?path=/a/b.yaml&version=GBmain', cloud, 'Shop/payments'],
    ['https://dev.azure.com/acme/Shop/_git/payments/pullrequest/22', cloud, 'Shop/payments'],
    ['https://dev.azure.com/acme/Shop/_git/payments/commit/0123#x', cloud, 'Shop/payments'],
    ['https://acme.visualstudio.com/Shop/_git/payments', cloud, 'Shop/payments'],
    ['https://acme.visualstudio.com/DefaultCollection/Shop/_git/payments', cloud, 'Shop/payments'],
    ['https://acme.visualstudio.com/_git/Shop', cloud, 'Shop/Shop'],
    ['git@ssh.dev.azure.com:v3/acme/Shop/payments', cloud, 'Shop/payments'],
    ['ssh://git@ssh.dev.azure.com/v3/acme/My%20Shop/payments', cloud, 'My Shop/payments'],
    ['ssh://git@ssh.dev.azure.com:22/v3/acme/Shop/payments', cloud, 'Shop/payments'],
    ['acme@vs-ssh.visualstudio.com:v3/acme/Shop/payments', cloud, 'Shop/payments'],
    ['acme/Shop/payments', cloud, 'Shop/payments'],
    ['https://tfs.acme.example/tfs/DefaultCollection/Shop/_git/payments', collection, 'Shop/payments'],
    ['https://tfs.acme.example/tfs/DefaultCollection/_git/Shop', collection, 'Shop/Shop'],
    ['https://ado.acme.example:8443/Main/Shop/_git/payments', 'https://ado.acme.example:8443/Main', 'Shop/payments'],
    ['https://ado.acme.example/Main/_git/Shop', 'https://ado.acme.example/Main', 'Shop/Shop'],
    ['http://127.0.0.1:4711/acme/Shop/_git/payments', 'http://127.0.0.1:4711/acme', 'Shop/payments'],
  ];
  for (const [typed, origin, name] of understood) {
    it(`reads ${typed.trim()}`, () => {
      assert.deepEqual(parseAddress(typed), { host: 'azureDevOps', origin, id: name, name });
    });
  }

  it('writes one that is read as the same', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      // eslint-disable-next-line no-control-regex -- names have none
      .filter((text) => !/[/\\\u0000-\u001f\u007f]|^[-_.]|\.git$|^tfs$/iu.test(text));
    const origins = fc.constantFrom(cloud, collection, 'https://ado.acme.example:8443/Main', 'http://127.0.0.1:1/acme');
    fc.assert(
      fc.property(origins, name, name, (origin, project, repository) => {
        const ref = { host: 'azureDevOps', origin, id: '1/2', name: `${project}/${repository}` } as const;
        assert.deepEqual(parseAddress(addressOf(ref)), { ...ref, id: ref.name });
      }),
    );
  });

  const refused: readonly (readonly [typed: string, rule: RegExp])[] = [
    ['', /empty/],
    ['-x', /begin with "-"/],
    ['--upload-pack=touch x/a/b', /begin with "-"/],
    ['acme/-x/payments', /begin with "-"/],
    [`https://dev.azure.com/${'a'.repeat(2_000)}`, /longer/],
    ['https://dev.azure.com/acme/Shop/_git/pay\u0000ments', /control/],
    ['https://dev.azure.com/acme/Shop/_git/pay%0Aments', /no name/],
    ['https://dev.azure.com/acme/Shop/_git/a%2Fb', /no name/],
    ['https://dev.azure.com/acme/%2e%2e/_git/payments', /no repository|no collection|no name|no organization/],
    ['https://dev.azure.com/acme/Shop/_git/%zz', /escape/],
    ['https://dev.azure.com/acme/Shop', /no repository/],
    ['https://dev.azure.com/_git/x', /no organization/],
    ['https://acme:secret@dev.azure.com/acme/Shop/_git/payments', /password/],
    ['https://secrettoken@dev.azure.com/acme/Shop/_git/payments', /user name/],
    ['http://dev.azure.com/acme/Shop/_git/payments', /https/],
    ['ftp://dev.azure.com/acme/Shop/_git/payments', /https/],
    ['javascript:alert(1)//_git/x', /give a URL/],
    ['ext::sh -c touch/_git/x', /transport helpers/],
    ['https://github.com/acme/Shop/_git/payments', /another host/],
    ['https://gitlab.com/acme/Shop/_git/payments', /another host/],
    ['git@github.com:acme/payments.git', /URL|organization/],
    ['git@evil.example:v3/acme/Shop/payments', /URL|organization/],
    ['acme/payments', /organization\/project\/repository/],
    ['..acme/Shop/payments', /no organization/],
    ['/home/ada/payments', /organization\/project\/repository|no name/],
  ];
  for (const [typed, rule] of refused) {
    it(`refuses ${typed.slice(0, 60) || 'nothing'}`, () => refuses(() => parseAddress(typed), rule));
  }
});

describe('organizations and collections', () => {
  const understood: readonly (readonly [typed: string, origin: string])[] = [
    ['acme', cloud],
    ['https://dev.azure.com/acme', cloud],
    ['dev.azure.com/acme/', cloud],
    ['https://dev.azure.com/acme/Shop/_git/payments', cloud],
    ['https://acme.visualstudio.com', cloud],
    ['https://tfs.acme.example/tfs/DefaultCollection', collection],
    ['https://TFS.acme.example/tfs/DefaultCollection/Shop/_git/payments', collection],
    ['https://ado.acme.example/Main/Shop', 'https://ado.acme.example/Main'],
    ['http://127.0.0.1:4711/acme', 'http://127.0.0.1:4711/acme'],
  ];
  for (const [typed, origin] of understood) it(`reads ${typed}`, () => assert.equal(parseOrigin(typed), origin));

  const refused: readonly (readonly [typed: string, rule: RegExp])[] = [
    ['', /empty/],
    ['https://dev.azure.com', /no organization/],
    ['https://ado.acme.example', /collection/],
    ['http://ado.acme.example/Main', /https/],
    ['https://ada:secret@dev.azure.com/acme', /password/],
    ['https://github.com/acme', /another host/],
    ['-acme', /begin/],
  ];
  for (const [typed, rule] of refused) {
    it(`refuses ${typed || 'nothing'}`, () => refuses(() => parseOrigin(typed), rule));
  }
});
