import type { OperationContext } from '../../ports/progress.ts';
import type { ConnectRequest, FieldProblem } from '../connectRequest.ts';
import { checkTrial } from './checkTrial.ts';
import type { ConnectRequests } from './connectRequests.ts';

/** Everything wrong with a request; what only the host can tell is asked once the fields themselves are right. */
export class CheckConnect {
  constructor(private readonly requests: ConnectRequests) {}

  async run(request: ConnectRequest, context: OperationContext): Promise<readonly FieldProblem[]> {
    const tried = await this.requests.try(request, context);
    return 'problems' in tried ? tried.problems : [...tried.nameProblems, ...checkTrial(tried.trial)];
  }
}
