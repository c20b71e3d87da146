import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { OperationContext } from '../../src/ports/progress.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, Person } from './person.ts';

describe('Promise 8: a file that is typed in while an operation reads and compares', () => {
  const path = 'a.yaml' as RepoPath;
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('a.yaml'), 'a.yaml': 'title: start\n' });
    repository.push('develop', { 'openapi.yaml': root('a.yaml'), 'a.yaml': 'title: develop\n' });
    me = new Person([repository]);
    api = await me.connect();
  });

  /** Somebody types at the first step of that kind. */
  const typing = (step: string): OperationContext =>
    context(undefined, (report) => {
      if (report.step === step) me.editors.dirty.set(path, 'title: typed\n');
    });

  const stops = async (operation: Promise<unknown>, text: string): Promise<void> => {
    await assert.rejects(operation, (error) => Failure.is(error, 'unsavedEditors') && error.facts.paths?.[0] === path);
    assert.equal(me.text(path), text);
    assert.equal(me.storages.at('file:///work', 'repo').journal.text, undefined);
  };

  it('stops a pull before the first byte', async () => {
    repository.push('main', { 'a.yaml': 'title: theirs\n' });
    await stops(me.use.pull(api, typing('readingFiles')), 'title: start\n');
  });

  it('stops a switch before the first byte', async () => {
    await stops(me.use.switchBranch(api, 'develop', typing('readingFiles')), 'title: start\n');
    assert.equal((await me.state())?.branch, 'main');
  });

  it('stops discarding and accepting theirs, however long the question stood', async () => {
    repository.push('main', { 'a.yaml': 'title: theirs\n' });
    me.edit(path, 'title: mine\n');
    await me.look(api);
    const answer = me.ask.ask.bind(me.ask);
    me.ask.ask = (kind, facts) => {
      me.editors.dirty.set(path, 'title: typed\n');
      return answer(kind, facts);
    };
    me.ask.answers.set('discard', 'discard').set('acceptTheirs', 'acceptTheirs');
    await stops(me.use.discard(api, [path], context()), 'title: mine\n');
    me.editors.dirty.clear();
    await stops(me.use.acceptTheirs(api, [path], context()), 'title: mine\n');
  });
});
