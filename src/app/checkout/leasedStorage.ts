import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';

/** The same stores, except that nothing is written to memory or journal once the lease was given to another. */
export function leasedStorage(storage: CheckoutStorage): CheckoutStorage {
  const { lease, state, journal } = storage;
  return {
    ...storage,
    state: {
      load: () => state.load(),
      save: async (next) => {
        await lease.confirm();
        await state.save(next);
      },
    },
    journal: {
      load: () => journal.load(),
      save: async (next) => {
        await lease.confirm();
        await journal.save(next);
      },
      clear: () => journal.clear(),
    },
  };
}
