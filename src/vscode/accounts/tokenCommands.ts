import type { Disposable } from '../../core/events.ts';
import type { HostId } from '../../core/model/repository.ts';
import { registerCommands } from '../commands/registerCommands.ts';
import type { SignIn, SignInPlace } from './tokenSignIn.ts';

/** Sign in, in any way that there is, or with a token. */
export class TokenCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(private readonly signIn: SignIn) {
    this.registration = registerCommands({
      signIn: (place) => this.signIn(placeOf(place)),
      useToken: (place) => this.signIn({ ...placeOf(place), flow: 'token' }),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** What a failure's button hands over; the palette hands over nothing. */
function placeOf(argument: unknown): SignInPlace {
  if (typeof argument !== 'object' || argument === null) return {};
  const { host, origin } = argument as { readonly host?: unknown; readonly origin?: unknown };
  return {
    ...(typeof host === 'string' ? { host: host as HostId } : {}),
    ...(typeof origin === 'string' ? { origin } : {}),
  };
}
