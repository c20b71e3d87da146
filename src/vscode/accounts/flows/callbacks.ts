import type { SecretStorage, Uri, UriHandler } from 'vscode';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import { DisposableStore, Emitter, type Disposable } from '../../../core/events.ts';
import { signInAnswer, type SignInAnswer } from '../../../core/model/signInAnswer.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { Timer } from '../../../ports/timer.ts';
import { application } from './application.ts';
import { nobodyCame } from './patience.ts';

/** A way back that somebody waits for, in whichever window. */
interface Pending {
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Put there by the window that the browser came back to. */
  readonly answer?: SignInAnswer;
}

const prefix = 'callback:';
/** Milliseconds between looks at what another window may have put there: not every VS Code tells. */
const glance = 1000;

export interface CallbackPorts {
  readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}

/**
 * Takes back what a browser brings, in any window, to the window that waits for it: by the state, which is kept where
 * every window finds it. A state that nobody waits for is a forgery, or too late: nothing is done with it.
 */
export class Callbacks implements UriHandler, Disposable {
  private readonly owned = new DisposableStore();
  private readonly arrivals = this.owned.add(new Emitter<string>());

  constructor(private readonly ports: CallbackPorts) {
    this.owned.add(
      ports.secrets.onDidChange(({ key }) => key.startsWith(prefix) && this.arrivals.fire(key.slice(prefix.length))),
    );
  }

  /** @param until the end of waiting, in milliseconds since 1970. @throws Failure `cancelled`, `timeout` */
  async answer(state: string, until: number, signal: AbortSignal): Promise<SignInAnswer> {
    const { secrets, clock } = this.ports;
    throwIfCancelled(signal);
    await secrets.store(prefix + state, JSON.stringify({ until } satisfies Pending));
    try {
      for (;;) {
        throwIfCancelled(signal);
        const pending = await this.read(state);
        if (pending?.answer !== undefined) return pending.answer;
        if (clock.now() >= until) throw nobodyCame();
        await this.next(state, signal);
      }
    } finally {
      await secrets.delete(prefix + state);
    }
  }

  async handleUri({ path, query }: Pick<Uri, 'path' | 'query'>): Promise<void> {
    const { secrets, clock, log } = this.ports;
    if (path !== application.callbackPath) return;
    const given = new URLSearchParams(query);
    const state = given.get('state') ?? '';
    const answer = signInAnswer(given);
    const pending = await this.read(state);
    if (answer === undefined || pending === undefined || pending.until < clock.now() || pending.answer !== undefined) {
      log.warn('sign-in: somebody came back whom nobody waits for; nothing was done');
      return;
    }
    await secrets.store(prefix + state, JSON.stringify({ ...pending, answer } satisfies Pending));
    this.arrivals.fire(state);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async read(state: string): Promise<Pending | undefined> {
    // What no proof of ours looks like is no key of ours.
    if (!/^[\w-]{20,100}$/.test(state)) return undefined;
    const text = await this.ports.secrets.get(prefix + state);
    return text === undefined ? undefined : (JSON.parse(text) as Pending);
  }

  /** Until something may have arrived. */
  private next(state: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = new DisposableStore();
      const done = (): void => {
        waiting.dispose();
        signal.removeEventListener('abort', done);
        resolve();
      };
      waiting.add(this.ports.timer.after(glance, done));
      waiting.add(this.arrivals.event((arrived) => arrived === state && done()));
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
