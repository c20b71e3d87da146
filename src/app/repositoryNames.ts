import { Failure } from '../core/errors.ts';
import type { Hosts } from '../ports/hosts.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { Checkout } from './checkout/checkout.ts';

/** Keeps up with repositories that are renamed: connections go by ids and work on, people go by names. */
export class RepositoryNames {
  constructor(private readonly hosts: Hosts) {}

  /** Only for a person who asks: a request of its own is too much for every look by the clock. */
  async refresh(checkout: Checkout, context: OperationContext): Promise<void> {
    const { host, id, name } = checkout.repository;
    // Where the name is the id, a new name is another repository.
    if (name === id) return;
    const description = this.hosts.descriptions.find((each) => each.id === host);
    if (!context.interactive || description?.addressing !== 'list') return;
    try {
      checkout.name = (await checkout.host.repository(id, context)).name;
    } catch (error) {
      // The look that follows meets the same host and says what is wrong.
      if (!Failure.is(error) || error.reason === 'cancelled') throw error;
    }
  }
}
