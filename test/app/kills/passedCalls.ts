import type { CheckoutStorages } from '../../../src/ports/checkoutStorage.ts';
import { nodeFs, type DiskFs } from '../../../src/adapters/disk/diskFs.ts';

/** Told after each call that came back: by name, `state.save`. */
export type Passed = (call: string) => void;

/** The same port; every call of it is told when it has been answered. */
export function told<T extends object>(port: T, name: string, passed: Passed): T {
  return new Proxy(port, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || typeof key === 'symbol') return value;
      return (...args: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.then((settled: unknown) => {
          passed(`${name}.${key}`);
          return settled;
        });
      };
    },
  });
}

export function toldStorages(storages: CheckoutStorages, passed: Passed): CheckoutStorages {
  return {
    open: async (workspaceFolder, folder) => {
      const { files, blobs, state, journal, lease, ...rest } = await storages.open(workspaceFolder, folder);
      return {
        ...rest,
        files: told(files, 'files', passed),
        blobs: told(blobs, 'blobs', passed),
        state: told(state, 'state', passed),
        journal: told(journal, 'journal', passed),
        lease: told(lease, 'lease', passed),
      };
    },
  };
}

/** Of the calls to the disk, those that change it. */
export const changing = ['chmod', 'link', 'mkdir', 'mkdtemp', 'rename', 'rm', 'rmdir', 'unlink', 'writeFile'] as const;

/** The disk itself: a transaction is cut off between any two of its steps, too. */
export function toldFs(passed: Passed): DiskFs {
  const calls = told(nodeFs, 'disk', passed);
  return { ...nodeFs, ...Object.fromEntries(changing.map((name) => [name, calls[name]])) };
}
