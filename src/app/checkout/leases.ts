import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LeaseHolder, LeaseStore } from '../../ports/lease.ts';
import type { Log } from '../../ports/log.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { Timer } from '../../ports/timer.ts';

/** Milliseconds: between two signs of life, between two looks at who has it, and after which silence is the end. */
export const leasePace = { beat: 5_000, retry: 200, silence: 30_000 } as const;

/** Gives each checkout's folder to one operation at a time, whichever window or program it runs in. */
export class Leases {
  private readonly held = new Set<LeaseStore>();
  private readonly heard = new WeakMap<LeaseStore, Silence>();

  constructor(
    private readonly timer: Timer,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Waits for its turn, and says for whom. Within an operation that has the lease, the work just runs. */
  async hold<T>(lease: LeaseStore, operation: string, context: OperationContext, work: () => Promise<T>): Promise<T> {
    if (this.held.has(lease)) return work();
    const silence = new Silence(this.clock);
    while (!(await this.take(lease, operation))) {
      throwIfCancelled(context.signal);
      const holder = await lease.holder();
      if (holder === undefined) continue;
      if (holder.hasEnded || silence.isOver(holder)) {
        await lease.evict(holder);
        continue;
      }
      context.progress.report({ step: 'waitingForTurn', operation: holder.operation, machine: holder.machine });
      await this.pause(context.signal);
    }
    return this.run(lease, work);
  }

  /** For what can wait until another time. `undefined`: somebody else has the folder. */
  async ifFree<T>(lease: LeaseStore, operation: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.held.has(lease)) return work();
    return (await this.take(lease, operation)) ? this.run(lease, work) : undefined;
  }

  /** Who has the folder, in another window or a program, and shows life. Nobody is waited for. */
  async elsewhere(lease: LeaseStore): Promise<LeaseHolder | undefined> {
    if (this.held.has(lease)) return undefined;
    const holder = await lease.holder();
    const silence = this.heard.get(lease) ?? new Silence(this.clock);
    this.heard.set(lease, silence);
    return holder === undefined || holder.hasEnded || silence.isOver(holder) ? undefined : holder;
  }

  private take(lease: LeaseStore, operation: string): Promise<boolean> {
    return lease.take({ operation, since: this.clock.now() });
  }

  private async run<T>(lease: LeaseStore, work: () => Promise<T>): Promise<T> {
    this.held.add(lease);
    const beats = this.keepBeating(lease);
    try {
      return await work();
    } finally {
      beats.abort();
      this.held.delete(lease);
      await lease.release().catch((error: unknown) => this.warn('given back', error));
    }
  }

  private keepBeating(lease: LeaseStore): AbortController {
    const stop = new AbortController();
    const beat = (): void => {
      lease
        .beat()
        .catch((error: unknown) => this.warn('renewed', error))
        .finally(next);
    };
    const next = (): void => {
      if (stop.signal.aborted) return;
      const due = this.timer.after(leasePace.beat, beat);
      stop.signal.addEventListener('abort', () => due.dispose(), { once: true });
    };
    next();
    return stop;
  }

  /** Others find out by themselves, once nothing is heard of it. */
  private warn(what: string, error: unknown): void {
    this.log.warn(`the lease could not be ${what}: ${Failure.is(error) ? error.message : 'unexpected error'}`);
  }

  private pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const due = this.timer.after(leasePace.retry, () => {
        signal.removeEventListener('abort', cancel);
        resolve();
      });
      const cancel = (): void => {
        due.dispose();
        reject(new Failure('cancelled'));
      };
      signal.addEventListener('abort', cancel, { once: true });
    });
  }
}

/** Listens for signs of life by one clock only, its own: those of two computers never agree. */
class Silence {
  private heard: { readonly sign: string; readonly at: number } | undefined;

  constructor(private readonly clock: Clock) {}

  isOver({ id, beat }: LeaseHolder): boolean {
    const sign = `${id} ${beat}`;
    if (this.heard?.sign !== sign) this.heard = { sign, at: this.clock.now() };
    return this.clock.now() - this.heard.at >= leasePace.silence;
  }
}
