import { Session } from './session.ts';
import type { SessionOptions } from './session.ts';

/** Starts a session before the tests of a `describe` and ends it after them. */
export function useSession(options: SessionOptions = {}): () => Session {
  let session: Session | undefined;
  before(async () => {
    session = await Session.start(options);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session?.pictureOfFailure(this.currentTest.fullTitle());
  });
  after(async () => {
    await session?.end();
  });
  return () => {
    if (session === undefined) throw new Error('The session starts before the first test, not while they are declared');
    return session;
  };
}
