import { problem } from '../../forge/bitbucket/answers.ts';
import { contract } from '../contract.ts';
import { bitbucketBench } from './bitbucketBench.ts';

/** Many files come as one archive, fewer one by one. */
const reads = (files: number) => (files >= 24 ? 1 : files);

contract({
  name: 'Bitbucket Cloud',
  ids: false,
  modes: true,
  faults: true,
  lists: true,
  http: {
    costs: {
      poll: 1,
      // What differs, and what is executable of it.
      pull: (files) => 2 + reads(files),
      // Three quarters of them had contents that nobody has read yet: there are no ids to compare with.
      push: (files) => reads((files * 3) / 4) + 1,
      connect: ({ files, folders }, levels) =>
        1 + Math.ceil((files + folders) / 100) + levels.reduce((sum, count) => sum + reads(count), 0),
    },
    meanings: {
      // Who may push elsewhere is kept off this one branch.
      '403 while committing': ['protectedBranch'],
      // All of it is in its header, which may have come through.
      'cut in its middle while committing': ['right', 'answerLost'],
    },
    refusal: (status) => problem(status, 'Not now'),
    strangePage: (origin) => ({
      route: '/refs/branches',
      reply: { status: 200, body: { values: [], next: `${origin}/2.0/page2` } },
    }),
  },
  open: async () => (await bitbucketBench()).world,
});
