import type { CheckoutStorage, CheckoutStorages } from '../../../src/ports/checkoutStorage.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import type { WorkingCopy } from '../../../src/ports/workingCopy.ts';

/** What every port throws once the process that uses it is dead. No `Failure`: nothing may take it for an answer. */
export class Killed extends Error {}

/** A process: it is killed after so many more steps, and stays dead. */
export class Life {
  dead = false;
  /** `undefined`: it is not to be killed. */
  left: number | undefined;
  /** The same, counted from the moment when it begins to change the folder. */
  leftInFolder: number | undefined;
  /** What its last change of the folder was to be. */
  intended: readonly FileChange[] = [];
  /** What the person does between its end and the next start. */
  meanwhile: (() => void) | undefined;

  /** @throws Killed when this was one too many. */
  step(): void {
    if (this.dead) throw new Killed('dead already');
    if (this.left === undefined || this.left-- > 0) return;
    this.dead = true;
    throw new Killed('killed');
  }
}

/** The same port, each call of which is a step of a life. */
export function mortal<T extends object>(port: T, life: Life): T {
  return new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        life.step();
        const answer: unknown = Reflect.apply(value, target, args);
        return answer instanceof Promise ? answer.then((settled: unknown) => aliveWith(settled, life)) : answer;
      };
    },
  });
}

/** Storages whose every part is mortal; a folder may be left with a part of the changes that were applied to it. */
export function mortalStorages(storages: CheckoutStorages, life: Life): CheckoutStorages {
  return {
    open: async (workspaceFolder, folder) => {
      life.step();
      const storage = await storages.open(workspaceFolder, folder);
      const parts = Object.entries(storage).map(([name, part]) => [name, mortal(part as object, life)]);
      const files = mortal(inSteps(storage.files, life), life);
      return { ...(Object.fromEntries(parts) as unknown as CheckoutStorage), files };
    },
  };
}

/** A kill in the middle of `apply` leaves what a disk would be left with: deletes are first, then writes. */
function inSteps(files: WorkingCopy, life: Life): WorkingCopy {
  const apply = async (changes: readonly FileChange[], signal: AbortSignal): Promise<void> => {
    life.left = life.leftInFolder ?? life.left;
    const { left } = life;
    life.intended = changes;
    if (left === undefined || left >= changes.length) return files.apply(changes, signal);
    const ordered = [...changes].sort((a, b) => Number(a.kind === 'write') - Number(b.kind === 'write'));
    const present = await files.snapshot(
      changes.map(({ path }) => path),
      signal,
    );
    const asExpected = changes.every(({ path, expected }) => (present.get(path)?.id ?? null) === expected);
    await files.apply(asExpected ? ordered.slice(0, left) : changes, signal);
    life.left = 0;
  };
  return new Proxy(files, {
    get: (target, name) => {
      if (name === 'apply') return apply;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Who died while waiting never hears the answer. */
function aliveWith<T>(answer: T, life: Life): T {
  if (life.dead) throw new Killed('dead by now');
  return answer;
}
