import { Failure } from '../../core/errors.ts';

/** The person gave up before anything was sent that could have changed something: nobody has to look what became of it. */
export function cancelledUnsent(): Failure {
  return new Failure('cancelled', { unsent: true });
}
