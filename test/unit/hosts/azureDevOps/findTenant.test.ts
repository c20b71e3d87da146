import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import { findTenant } from '../../../../src/hosts/azureDevOps/findTenant.ts';
import { forgeTools } from '../../../contract/forgeTools.ts';
import { AzureDevOpsForge } from '../../../forge/azureDevOps/azureDevOpsForge.ts';

const tenant = '5d0c1f1e-2b3c-4d5e-8f90-a1b2c3d4e5f6';
const never = new AbortController().signal;

describe('the tenant of an organization', () => {
  let forge: AzureDevOpsForge;
  const find = (signal = never): Promise<string | undefined> => findTenant(forgeTools(), forge.origin, signal);
  const answer = (headers: Record<string, string>): void =>
    forge.http.faults.next(({ path }) => path.endsWith('connectionData'), { status: 401, headers });

  before(async () => void (forge = await AzureDevOpsForge.start()));
  beforeEach(() => (forge.organization.tenant = undefined));
  after(async () => {
    assert.deepEqual(forge.http.violations, []);
    await forge.stop();
  });

  it('is what it tells somebody who is not signed in', async () => {
    forge.organization.tenant = tenant;
    const { requests } = forge.http;
    requests.length = 0;
    assert.equal(await find(), tenant);
    assert.deepEqual(
      requests.map(({ hasCredential, path, status }) => [hasCredential, path, status]),
      [[false, '/acme/_apis/connectionData', 401]],
    );
  });

  it('is unknown where it tells none, where it is one of personal accounts, and where nobody is', async () => {
    assert.equal(await find(), undefined);
    forge.organization.tenant = '00000000-0000-0000-0000-000000000000';
    assert.equal(await find(), undefined);
  });

  it('is read out of the challenge alone where no header has it, and of nothing else there', async () => {
    const bearer = `Bearer authorization_uri="https://login.microsoftonline.com/${tenant}"`;
    answer({ 'www-authenticate': `Basic realm="https://tfs.acme.example/", ${bearer}` });
    assert.equal(await find(), tenant);
    answer({ 'www-authenticate': `Basic realm="https://tfs.acme.example/${tenant}"`, 'x-vss-resourcetenant': 'acme' });
    assert.equal(await find(), undefined);
  });

  it('is given up with the sign-in', async () => {
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(find(stop.signal), (error) => Failure.is(error, 'cancelled'));
  });
});
