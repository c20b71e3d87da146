import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { OperationContext } from '../../src/ports/progress.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { context, Person, request } from './person.ts';

describe('progress', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;
  let said: readonly string[];

  /** A context whose steps are remembered, once each. */
  function telling(): OperationContext {
    const steps = new Set<string>();
    said = [];
    return context(undefined, (step) => {
      steps.add('count' in step ? `${step.step} ${String(step.count)}` : step.step);
      said = [...steps];
    });
  }

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('a.yaml', 'b.yaml'), 'a.yaml': schema(), 'b.yaml': schema() });
    me = new Person([repository]);
    api = await me.use.connect(request(), telling());
  });

  it('says what connect does', () => {
    assert.deepEqual(said, ['askingHost', 'comparing', 'readingFiles 3', 'writingFiles 3']);
  });

  it('says what pull does, and no more than there is to do', async () => {
    repository.push('main', { 'a.yaml': 'type: string\n', 'b.yaml': 'type: string\n' });
    await me.use.pull(api, telling());
    assert.deepEqual(said, ['askingHost', 'comparing', 'readingFiles 2', 'writingFiles 2']);
    await me.use.pull(api, telling());
    assert.deepEqual(said, ['askingHost', 'comparing']);
  });

  it('says what push does', async () => {
    me.edit('a.yaml', 'type: number\n');
    await me.use.push(api, 'Mine', telling());
    assert.deepEqual(said, ['askingHost', 'comparing', 'sendingFiles 1']);
  });

  it('says what a new branch and a switch do', async () => {
    await me.use.createBranch(api, 'develop', 'main', telling());
    assert.deepEqual(said, ['comparing', 'creatingBranch']);
    repository.push('main', { 'a.yaml': 'type: string\n' });
    await me.use.switchBranch(api, 'main', telling());
    assert.deepEqual(said, ['askingHost', 'comparing', 'readingFiles 1', 'writingFiles 1']);
  });
});
