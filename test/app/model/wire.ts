import { Failure } from '../../../src/core/errors.ts';
import type { RepositoryHost } from '../../../src/ports/repositoryHost.ts';
import { mortal, type Life } from './life.ts';

/** What lies between a person and the host. */
export class Wire {
  offline = false;
  /** Once: the answer of the next commit is lost, before or after it took effect. */
  loseAnswer: 'before' | 'after' | undefined;
  /** Once: somebody is faster. */
  beforeCommit: (() => void) | undefined;

  /** The host at the other end, for one life. */
  to(host: RepositoryHost, life: Life): RepositoryHost {
    const commit: RepositoryHost['commit'] = async (...args) => {
      this.take('beforeCommit')?.();
      const lost = this.take('loseAnswer');
      if (lost === 'before') throw new Failure('answerLost');
      const result = await host.commit(...args);
      if (lost === 'after') throw new Failure('answerLost');
      return result;
    };
    const cut = new Proxy(host, {
      get: (target, name) => {
        const value: unknown = name === 'commit' ? commit : Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]): unknown => {
          if (this.offline) return Promise.reject(new Failure('offline'));
          return Reflect.apply(value, target, args);
        };
      },
    });
    return mortal(cut, life);
  }

  private take<K extends 'loseAnswer' | 'beforeCommit'>(name: K): Wire[K] {
    const value = this[name];
    this[name] = undefined;
    return value;
  }
}
