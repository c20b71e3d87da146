import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiKey } from '../../../src/app/apiNode.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { context } from '../person.ts';
import { CloneBench, refusal, type GitsWords } from './cloneBench.ts';
import { SituationTable } from './situationTable.ts';

const pet = 'pet.yaml' as RepoPath;
const mine = 'type: object\nmine: 1\n';
const theirs = 'type: object\ntheirs: 1\n';

/** How Git comes to a conflict that it leaves to a person, and how the person ends it once every file is joined. */
interface Stop {
  readonly situation: string;
  /** What the refusals say is under way; `undefined`: nothing. */
  readonly underway: string | undefined;
  readonly stop: (me: CloneBench) => void;
  readonly finish: readonly string[];
}

const stops: readonly Stop[] = [
  {
    situation: 'merge of the upstream',
    underway: 'merge',
    stop(me) {
      diverge(me);
      me.bench.sandbox.tryGit(me.clone, 'merge', 'origin/main');
    },
    finish: ['commit', '--quiet', '--no-edit'],
  },
  {
    situation: 'rebase onto the upstream',
    underway: 'rebase',
    stop(me) {
      diverge(me);
      me.bench.sandbox.tryGit(me.clone, 'rebase', 'origin/main');
    },
    finish: ['-c', 'core.editor=true', 'rebase', '--continue'],
  },
  {
    situation: 'merge of another branch',
    underway: 'merge',
    stop(me) {
      besides(me);
      me.bench.sandbox.tryGit(me.clone, 'merge', 'topic');
    },
    finish: ['commit', '--quiet', '--no-edit'],
  },
  {
    situation: 'cherry-pick',
    underway: 'cherry-pick',
    stop(me) {
      besides(me);
      me.bench.sandbox.tryGit(me.clone, 'cherry-pick', 'topic');
    },
    finish: ['commit', '--quiet', '--allow-empty', '-m', 'Picked'],
  },
  {
    situation: 'stash pop',
    underway: undefined,
    stop(me) {
      me.write(pet, mine);
      me.git('stash', '--quiet');
      me.theirs({ [pet]: theirs });
      me.git('pull', '--quiet');
      me.bench.sandbox.tryGit(me.clone, 'stash', 'pop');
    },
    finish: [],
  },
];

describe('Git’s conflicts in a clone', function () {
  this.timeout(60_000);
  const table = new SituationTable();
  let me: CloneBench;
  let before: GitsWords;

  afterEach(() => me.close());
  after(() => table.print());

  const note = (situation: string, outcome: string): void =>
    table.add({ situation, outcome, before, after: me.words() });
  const stopped = async (stop: (me: CloneBench) => void): Promise<ApiKey> => {
    me = await CloneBench.open();
    const api = await me.connect();
    stop(me);
    me.ask.answers.set('acceptTheirs', 'acceptTheirs');
    before = me.words();
    return api;
  };

  for (const { situation, underway, stop, finish } of stops) {
    it(`of a ${situation} are shown, and keep from pushing until they are decided`, async () => {
      const api = await stopped(stop);
      assert.deepEqual(await me.look(api), ['conflict pet.yaml']);
      assert.equal(await text(me, api, 'unmergedMine'), mine);
      assert.equal(await text(me, api, 'unmergedTheirs'), theirs);
      for (const work of [() => me.push(api), () => me.pull(api), () => me.use.switchBranch(api, 'topic', context())]) {
        const failure = await refusal(work());
        assert.equal(failure.reason, 'unmergedFiles');
        assert.deepEqual(failure.facts.paths, [pet]);
        assert.equal(failure.facts.detail, underway);
      }
      assert.equal((await refusal(me.use.discard(api, [pet], context()))).reason, 'unmergedFiles');
      assert.deepEqual(me.words(), before);
      note(`conflict of a ${situation}`, 'shown; nothing is pushed');
    });

    for (const [side, wanted] of [
      ['Mine', mine],
      ['Theirs', theirs],
    ] as const) {
      it(`of a ${situation} end with Accept ${side}, for that file alone`, async () => {
        const api = await stopped(stop);
        await me.look(api);
        await me.use[`accept${side}`](api, [pet], context());
        assert.equal(me.read(pet), wanted);
        assert.equal(me.git('show', `:${pet}`), wanted);
        assert.equal(me.plan(api).includes(`conflict ${pet}`), false);
        note(`${situation}, Accept ${side}`, 'pet.yaml is staged');
        if (finish.length === 0) return;
        if (underway === 'rebase' && side === 'Theirs') me.git('rebase', '--skip');
        else me.git(...finish);
        assert.deepEqual(await me.look(api), wanted === remoteText(me) ? [] : [`outgoing ${pet}`]);
        assert.equal(me.words().status, '');
      });
    }

    it(`of a ${situation} are there again after Undo, byte for byte`, async () => {
      const api = await stopped(stop);
      await me.look(api);
      me.write(pet, `${me.read(pet)}# half way\n`);
      before = me.words();
      const file = me.read(pet);
      for (const accept of ['acceptMine', 'acceptTheirs'] as const) {
        const done = await me.use[accept](api, [pet], context());
        assert.notEqual(me.read(pet), file);
        assert.equal(readFileSync(join(me.clone, done?.backup?.folder ?? '', pet), 'utf8'), file);
        await done?.undo(context());
        assert.equal(me.read(pet), file);
        assert.deepEqual(me.words(), before);
        assert.deepEqual(me.plan(api), [`conflict ${pet}`]);
      }
      note(`${situation}, accepted and undone`, 'as before');
    });
  }

  it('are resolved by hand once no marker is left, and are the person’s to commit', async () => {
    const api = await stopped(stops[0]!.stop);
    await me.look(api);
    assert.deepEqual((await refusal(me.use.markResolved(api, [pet], context()))).facts.paths, [pet]);
    assert.deepEqual(me.words(), before);
    me.write(pet, 'type: object\nboth: 1\n');
    me.write('other.txt', 'mine, not staged\n');
    await me.use.markResolved(api, [pet], context());
    assert.equal(me.git('show', `:${pet}`), 'type: object\nboth: 1\n');
    assert.match(
      me.words().status,
      /^1 M\. .* pet\.yaml\n1 \.M .* other\.txt\n$|^1 \.M .* other\.txt\n1 M\. .* pet\.yaml\n$/,
    );
    const failure = await refusal(me.push(api));
    assert.deepEqual([failure.reason, failure.facts.detail], ['gitUnderway', 'merge']);
    note('merge, Mark as Resolved', `${failure.reason}: ${failure.facts.detail}`);
    me.git('commit', '--quiet', '--no-edit');
    assert.deepEqual(await me.look(api), [`outgoing ${pet}`]);
    me.ask.answers.set('unpushedCommits', 'push');
    await me.push(api);
    assert.equal(me.git('show', `origin/main:${pet}`), 'type: object\nboth: 1\n');
    assert.match(me.words().status, /^1 \.M .* other\.txt\n$/);
  });

  it('about a deleted file end with the file or without it, and come back on Undo', async () => {
    const api = await stopped((bench) => {
      bench.git('rm', '--quiet', pet);
      bench.git('commit', '--quiet', '-m', 'Mine');
      bench.theirs({ [pet]: theirs });
      bench.git('fetch', '--quiet');
      bench.bench.sandbox.tryGit(bench.clone, 'merge', 'origin/main');
    });
    await me.look(api);
    const item = me.store.get(api)?.sync?.plan.find(({ path }) => path === pet);
    assert.equal(item?.kind === 'conflict' && item.conflict, 'deletedHere');
    const done = await me.use.acceptMine(api, [pet], context());
    assert.equal(me.read(pet), undefined);
    assert.equal(me.git('ls-files', '--stage', pet), '');
    note('deleted here, Accept Mine', 'gone');
    await done?.undo(context());
    assert.deepEqual(me.words(), before);
    await me.use.acceptTheirs(api, [pet], context());
    assert.equal(me.read(pet), theirs);
    rmSync(join(me.clone, pet));
    assert.match(me.words().status, /^1 AD .* pet\.yaml\n$/);
  });

  it('are not undone once somebody went on from there', async () => {
    const api = await stopped(stops[0]!.stop);
    await me.look(api);
    const done = await me.use.acceptMine(api, [pet], context());
    const isRefused = async (): Promise<void> => {
      before = me.words();
      assert.equal((await refusal(done!.undo(context()))).reason, 'changedMeanwhile');
      assert.deepEqual(me.words(), before);
    };
    me.write(pet, 'type: object\nlater: 1\n');
    await isRefused();
    assert.equal(me.read(pet), 'type: object\nlater: 1\n');
    me.git('add', pet);
    me.write(pet, mine);
    await isRefused();
    me.git('add', pet);
    me.git('commit', '--quiet', '--no-edit');
    await isRefused();
  });

  it('stop before an unsaved editor, and before a person who closes the question', async () => {
    const api = await stopped(stops[0]!.stop);
    await me.look(api);
    me.dirty.add(pet);
    for (const verb of ['acceptMine', 'acceptTheirs', 'markResolved'] as const)
      assert.equal((await refusal(me.use[verb](api, [pet], context()))).reason, 'unsavedEditors');
    me.dirty.clear();
    me.ask.answers.delete('acceptTheirs');
    assert.equal((await refusal(me.use.acceptTheirs(api, [pet], context()))).reason, 'cancelled');
    assert.deepEqual(me.words(), before);
    const memory = join(me.clone, '.git', '.api-source-control');
    assert.equal(readdirSync(memory).includes('backups'), false);
  });

  it('of files that are none of the API’s are named by Push, and left alone', async () => {
    const api = await stopped((bench) => {
      bench.write('other.txt', 'mine\n');
      bench.git('commit', '--quiet', '--all', '-m', 'Mine');
      bench.theirs({ 'other.txt': 'theirs\n' });
      bench.git('fetch', '--quiet');
      bench.bench.sandbox.tryGit(bench.clone, 'merge', 'origin/main');
    });
    me.write(pet, mine);
    assert.deepEqual(await me.look(api), [`outgoing ${pet}`]);
    before = me.words();
    const failure = await refusal(me.push(api));
    assert.deepEqual([failure.reason, failure.facts.paths], ['unmergedFiles', ['other.txt']]);
    assert.deepEqual(me.words(), before);
    note('conflict outside the API, push', `${failure.reason}: ${failure.facts.paths?.join(' ')}`);
  });
});

/** A commit of mine and one of theirs that change the same line. */
function diverge(me: CloneBench): void {
  me.write(pet, mine);
  me.git('commit', '--quiet', '--all', '-m', 'Mine');
  me.theirs({ [pet]: theirs });
  me.git('fetch', '--quiet');
}

/** The same, with theirs on another branch of the clone, which the repository does not know. */
function besides(me: CloneBench): void {
  me.git('switch', '--quiet', '--create', 'topic');
  me.write(pet, theirs);
  me.git('commit', '--quiet', '--all', '-m', 'Theirs');
  me.git('switch', '--quiet', 'main');
  me.write(pet, mine);
  me.git('commit', '--quiet', '--all', '-m', 'Mine');
}

function remoteText(me: CloneBench): string {
  return me.git('show', `origin/main:${pet}`);
}

async function text(
  me: CloneBench,
  api: ApiKey,
  side: Parameters<CloneBench['use']['contents']>[2],
): Promise<string | undefined> {
  const bytes = await me.use.contents(api, pet, side);
  return bytes && Buffer.from(bytes).toString();
}
