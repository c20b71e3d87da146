import type { Mutant } from './mutant.ts';

const somebodyWasFaster = 'is stale when a teammate is faster in the very moment';
const somebodyPushed = 'is stale after a teammate pushed';

/** What keeps a push from overwriting a teammate's, host by host. */
export const hostMutants: readonly Mutant[] = (
  [
    {
      part: 'github',
      what: 'no expectedHeadOid',
      file: 'src/hosts/github/signedCommit.ts',
      edits: [['    expectedHeadOid: expectedHead,\n', '']],
      noticedBy: somebodyWasFaster,
    },
    {
      part: 'github',
      what: 'expectedHeadOid is whatever the head is',
      file: 'src/hosts/github/signedCommit.ts',
      edits: [
        [
          'expectedHeadOid: expectedHead,',
          'expectedHeadOid: (await new Refs(api).head({ owner, repo, facts }, branch, call)) ?? expectedHead,',
        ],
        [
          "import type { Place } from './places.ts';",
          "import type { Place } from './places.ts';import { Refs } from './refs.ts';",
        ],
      ],
      noticedBy: somebodyPushed,
    },
    {
      part: 'gitlab',
      what: 'no last_commit_id',
      file: 'src/hosts/gitlab/commitActions.ts',
      edits: [['seen === undefined ? {} : { lastCommitId: seen }', '{}']],
      noticedBy: somebodyWasFaster,
    },
    {
      part: 'bitbucket',
      what: 'no parents',
      file: 'src/hosts/bitbucket/commit.ts',
      edits: [["    ...(parent === undefined ? [] : [{ name: 'parents', content: parent }]),\n", '']],
      noticedBy: somebodyWasFaster,
    },
    {
      part: 'azureDevOps',
      what: 'no oldObjectId',
      file: 'src/hosts/azureDevOps/commit.ts',
      edits: [['{ name, oldObjectId: parent ?? nothing }', '{ name }']],
      noticedBy: 'changes exactly what it says, on top of the expected head',
    },
    {
      part: 'azureDevOps',
      what: 'oldObjectId is whatever the head is',
      file: 'src/hosts/azureDevOps/commit.ts',
      edits: [['oldObjectId: parent ?? nothing', 'oldObjectId: (await head(api, place, branch, call)) ?? nothing']],
      noticedBy: somebodyPushed,
    },
  ] as const
).map((mutant) => ({
  ...mutant,
  promise: 2,
  tests: { file: `test/contract/${mutant.part}/${mutant.part}.test.ts`, only: ' writing ' },
}));
