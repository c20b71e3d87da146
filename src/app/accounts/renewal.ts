import { Failure } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Grant } from '../../ports/oauth.ts';
import type { Timer } from '../../ports/timer.ts';

/** Where every window, and every VS Code of the person, finds the same grants. */
export interface GrantStore {
  read(account: string): Promise<Grant | undefined>;
  write(account: string, grant: Grant): Promise<void>;
}

/** @throws Failure `signInNeeded` when the refresh token is no longer good, and for that reason alone. */
export type Renew = (refreshToken: string) => Promise<Grant>;

export interface RenewalPorts {
  readonly store: GrantStore;
  readonly clock: Clock;
  readonly timer: Timer;
}

/** Milliseconds before its end at which an access token is renewed: a request takes its time, and clocks differ. */
const margin = 60_000;
/** Milliseconds in which somebody else, who was faster at the host, has stored what they got. */
const patience = 10_000;
const glance = 200;

/**
 * Keeps grants fresh whose refresh tokens are good for one use, in many windows at once, without a lock: read again
 * before use; renew; store. Who is told that the refresh token is used up reads again until somebody else's is there.
 * Only when none comes is the person signed out; a network that fails never signs anybody out.
 */
export class Renewal {
  readonly #running = new Map<string, Promise<Grant | undefined>>();

  constructor(private readonly ports: RenewalPorts) {}

  /**
   * A grant whose access token is good, as far as anybody here knows; `undefined`: the person has to sign in again.
   * @param refused an access token that the host did not take
   */
  async fresh(account: string, renew: Renew, refused?: string): Promise<Grant | undefined> {
    const grant = await this.ports.store.read(account);
    if (grant === undefined || this.#isGood(grant, refused)) return grant;
    const running = this.#running.get(account);
    if (running !== undefined) return running;
    const started = this.#renewed(account, grant, renew).finally(() => this.#running.delete(account));
    this.#running.set(account, started);
    return started;
  }

  #isGood({ accessToken, expires }: Grant, refused: string | undefined): boolean {
    if (accessToken === refused) return false;
    return expires === undefined || expires - margin > this.ports.clock.now();
  }

  async #renewed(account: string, old: Grant, renew: Renew): Promise<Grant | undefined> {
    const { store } = this.ports;
    if (old.refreshToken === undefined) return undefined;
    let grant: Grant;
    try {
      grant = await renew(old.refreshToken);
    } catch (error) {
      if (!Failure.is(error, 'signInNeeded')) throw error;
      return this.#fromSomebodyElse(account, old);
    }
    // Who signed out, or in again, meanwhile has the last word.
    const now = await store.read(account);
    if (now?.accessToken !== old.accessToken) return now;
    const kept = { ...grant, refreshToken: grant.refreshToken ?? old.refreshToken };
    await store.write(account, kept);
    return kept;
  }

  async #fromSomebodyElse(account: string, old: Grant): Promise<Grant | undefined> {
    const { store, clock, timer } = this.ports;
    const end = clock.now() + patience;
    for (;;) {
      const now = await store.read(account);
      if (now?.accessToken !== old.accessToken) return now;
      if (clock.now() >= end) return undefined;
      await new Promise<void>((resolve) => timer.after(glance, resolve));
    }
  }
}
