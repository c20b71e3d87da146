import { Failure } from '../../core/errors.ts';
import type { LeaseClaim, LeaseHolder, LeaseStore } from '../../ports/lease.ts';

/** One lease in memory. Each {@link window} on it takes it for itself. */
export class MemoryLease {
  holder: LeaseHolder | undefined;
  private taken = 0;

  window(): LeaseStore {
    return new MemoryLeaseStore(this);
  }

  nextId(): string {
    return String(++this.taken);
  }

  /** The process that has it ends without giving it back. */
  abandon(): void {
    if (this.holder !== undefined) this.holder = { ...this.holder, hasEnded: true };
  }
}

class MemoryLeaseStore implements LeaseStore {
  private mine: string | undefined;

  constructor(private readonly lease: MemoryLease) {}

  take(claim: LeaseClaim): Promise<boolean> {
    if (this.lease.holder !== undefined) return Promise.resolve(false);
    this.mine = this.lease.nextId();
    this.lease.holder = { ...claim, id: this.mine, machine: 'memory', beat: '0', hasEnded: false };
    return Promise.resolve(true);
  }

  confirm(): Promise<void> {
    if (this.mine === undefined || this.lease.holder?.id === this.mine) return Promise.resolve();
    return Promise.reject(new Failure('busy'));
  }

  beat(): Promise<void> {
    const { holder } = this.lease;
    if (holder?.id === this.mine && holder !== undefined) {
      this.lease.holder = { ...holder, beat: String(Number(holder.beat) + 1) };
    }
    return Promise.resolve();
  }

  release(): Promise<void> {
    if (this.lease.holder?.id === this.mine) this.lease.holder = undefined;
    this.mine = undefined;
    return Promise.resolve();
  }

  holder(): Promise<LeaseHolder | undefined> {
    return Promise.resolve(this.lease.holder);
  }

  evict({ id, beat }: LeaseHolder): Promise<void> {
    const { holder } = this.lease;
    if (holder?.id === id && holder.beat === beat) this.lease.holder = undefined;
    return Promise.resolve();
  }
}
