import fc from 'fast-check';

export const who = ['Ada', 'Ben', 'Cleo'] as const;

/** Files that the root file names; three of them are there in the beginning. */
export const names = ['a.yaml', 'b.yaml', 'c.yaml', 'a2.yaml', 'b2.yaml', 'new/d.yaml'] as const;

export const branches = ['main', 'dev'] as const;

export type Operation =
  | { readonly kind: 'pull' | 'push' | 'look' }
  | { readonly kind: 'acceptMine' | 'acceptTheirs' | 'discard'; readonly file: number }
  | { readonly kind: 'switch'; readonly branch: number; readonly answer: 'takeAlong' | 'park' | 'cancel' };

export type Step =
  | { readonly kind: 'edit'; readonly who: number; readonly file: number; readonly line: number }
  | { readonly kind: 'type'; readonly who: number; readonly file: number }
  | { readonly kind: 'delete' | 'mode'; readonly who: number; readonly file: number }
  | { readonly kind: 'rename'; readonly who: number; readonly file: number; readonly to: number }
  | { readonly kind: 'operate'; readonly who: number; readonly operation: Operation }
  | {
      readonly kind: 'killed';
      readonly who: number;
      readonly operation: Operation;
      /** Calls of ports, or steps of the change of the folder, that it lives to see. */
      readonly after: number;
      readonly inFolder: boolean;
      /** A file that the person edits before the next start. */
      readonly meanwhile: number | null;
    }
  | { readonly kind: 'overtaken'; readonly who: number; readonly file: number }
  | { readonly kind: 'answerLost'; readonly who: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'restart' | 'offline' | 'online'; readonly who: number }
  | { readonly kind: 'stranger'; readonly branch: number; readonly file: number; readonly line: number }
  | { readonly kind: 'forcePush'; readonly branch: number; readonly file: number };

const actor = fc.nat({ max: who.length - 1 });
const file = fc.nat({ max: names.length - 1 });
const branch = fc.nat({ max: branches.length - 1 });
const line = fc.nat({ max: 8 });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('pull' as const, 'push' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('acceptMine' as const, 'acceptTheirs' as const, 'discard' as const),
      file,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('switch' as const),
      branch,
      answer: fc.constantFrom('takeAlong' as const, 'park' as const, 'cancel' as const),
    }),
  },
);

function killed(inFolder: boolean, max: number): fc.Arbitrary<Step> {
  const moment = fc.record({ who: actor, operation, after: fc.nat({ max }), meanwhile: fc.option(file, { freq: 2 }) });
  return moment.map((parts) => ({ kind: 'killed', inFolder, ...parts }));
}

/** The kinds of step, each as often as it is in the list. */
export const steps: readonly fc.Arbitrary<Step>[] = [
  ...Array<fc.Arbitrary<Step>>(4).fill(fc.record({ kind: fc.constant('edit'), who: actor, file, line })),
  fc.record({ kind: fc.constant('type'), who: actor, file }),
  fc.record({ kind: fc.constantFrom('delete', 'mode'), who: actor, file }),
  ...Array<fc.Arbitrary<Step>>(2).fill(fc.record({ kind: fc.constant('rename'), who: actor, file, to: file })),
  ...Array<fc.Arbitrary<Step>>(6).fill(fc.record({ kind: fc.constant('operate'), who: actor, operation })),
  killed(false, 60),
  killed(true, 6),
  fc.record({ kind: fc.constant('overtaken'), who: actor, file }),
  fc.record({ kind: fc.constant('answerLost'), who: actor, when: fc.constantFrom('before', 'after') }),
  fc.record({ kind: fc.constantFrom('restart', 'offline', 'online'), who: actor }),
  fc.record({ kind: fc.constant('stranger'), branch, file, line }),
  fc.record({ kind: fc.constant('forcePush'), branch, file }),
];
