import assert from 'node:assert/strict';
import { azureDevOpsDescription } from '../../forge/azureDevOps/azureDevOpsForge.ts';
import { exceptions } from '../../forge/azureDevOps/exceptions.ts';
import { operations } from '../../forge/azureDevOps/operations.ts';
import { ApiDescription } from '../../forge/http/apiDescription.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import { all, call, write } from '../support.ts';
import { AzureDevOpsBench } from './azureDevOpsBench.ts';

const known = { kept: operations, exceptions };

describe('the description of Azure DevOps', function () {
  this.timeout(30_000);

  it('has the operations that are kept by hand', function () {
    const official = ApiDescription.official('azure-devops.json', known);
    if (!official) return this.skip();
    assert.deepEqual(official.differences(), []);
  });

  it('has them in the versions of older servers and of the next ones too', function () {
    for (const name of ['azure-devops-6.0.json', 'azure-devops-7.2.json']) {
      const official = ApiDescription.official(name, known);
      if (!official) return this.skip();
      assert.deepEqual(official.differences(), []);
    }
  });

  for (const which of ['best', 'kept'] as const) {
    it(`allows everything that is asked, ${which === 'best' ? 'with' : 'without'} the official one`, async () => {
      const description = azureDevOpsDescription(which);
      const bench = await AzureDevOpsBench.open(description);
      try {
        await askEverything(bench);
        assert.deepEqual(bench.forge.http.violations, []);
        const described = [...description.checked.keys()].map((one) => one.replaceAll(/\{[^}]*\}/g, '{}'));
        const kept = operations.map(({ method, path }) => `${method} ${path}`.replaceAll(/\{[^}]*\}/g, '{}'));
        assert.deepEqual(described.toSorted(), kept.toSorted());
        assert.deepEqual([...description.undescribed.keys()].map((one) => one.replace(/^.*_apis/, '')).toSorted(), [
          '/connectionData',
          '/git/repositories/{repository}/commits',
          '/permissions/{namespace}/{permissions}',
        ]);
        if (which === 'best' && ApiDescription.official('azure-devops.json')) {
          assert.deepEqual([...description.needed], exceptions);
        }
      } finally {
        await bench.close();
      }
    });
  }
});

/** One request of each kind at least. */
async function askEverything(bench: AzureDevOpsBench): Promise<void> {
  const head = bench.repository.push('main', { 'a.yaml': '1' }) as CommitId;
  const host = bench.host();
  await host.whoAmI(call());
  const [owner] = await all(host.listOwners(call()));
  await all(host.listRepositories(owner!.id, '', call()));
  await host.repository(bench.fullName, call());
  await all(host.listBranches(bench.id, 'm', call()));
  const changes = [write('a.yaml', '2', '1'), write('b.yaml', '', null)];
  const { commit } = await host.commit(bench.id, { branch: 'main', expectedHead: head, message: 'm', changes }, call());
  await bench
    .host('tea')
    .readFiles(bench.id, commit, [...(await host.tree(bench.id, commit, call())).values()], call());
  await host.tree(bench.id, head, call());
  await bench.host('tea').commitsBetween(bench.id, head, commit, 10, call());
  await host.isAncestor(bench.id, head, commit, call());
  await host.createBranch(bench.id, 'topic', head, call());
  await host.createPullRequest(bench.id, { from: 'main', to: 'topic', title: 't', body: 'b' }, call());
  await assert.rejects(host.createPullRequest(bench.id, { from: 'main', to: 'topic', title: 't', body: '' }, call()));
  await host.deleteBranch(bench.id, 'topic', head, call());
}
