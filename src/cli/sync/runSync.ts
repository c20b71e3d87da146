import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import { Failure } from '../../core/errors.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { NobodyToAsk } from '../engine/nobodyToAsk.ts';
import { openEngine } from '../engine/openEngine.ts';
import { operationContext } from '../engine/operationContext.ts';
import { openFolder } from '../openFolder.ts';
import type { Request } from '../parseArguments.ts';
import { exitCodes, type ExitCode, type Shell } from '../shell.ts';
import { apisFileLines } from '../texts/apisFileLines.ts';
import { failureText } from '../texts/failureText.ts';
import { onOneLine } from '../texts/onOneLine.ts';
import { questionText } from '../texts/questionText.ts';
import { pullText, pushText } from './resultTexts.ts';

type SyncRequest = Extract<Request, { command: 'pull' | 'push' }>;

/** What became of one API. */
interface Outcome {
  readonly code: ExitCode;
  readonly text: string;
}

/** `api-source-control pull` and `push`: one API after the other, and a line for each. */
export async function runSync(request: SyncRequest, shell: Shell): Promise<ExitCode> {
  const folder = await openFolder(shell.cwd, request);
  const ask = new NobodyToAsk();
  const { useCases, store } = await openEngine(folder, shell, ask);
  const problems = apisFileLines(folder);
  for (const line of problems) shell.err(line);
  let worst: ExitCode = problems.length > 0 ? exitCodes.unable : exitCodes.ok;
  for (const node of store.apis.filter(({ api }) => folder.isWanted(api))) {
    const { code, text } = await outcomeOf(node, request, useCases, ask, operationContext(shell));
    (code === exitCodes.ok ? shell.out : shell.err)(onOneLine(`${node.api.name}: ${text}`));
    worst = Math.max(worst, code) as ExitCode;
  }
  return worst;
}

/** @throws Failure `cancelled` when the person ended it. */
async function outcomeOf(
  { key, api, state }: ApiNode,
  request: SyncRequest,
  useCases: UseCases,
  ask: NobodyToAsk,
  context: OperationContext,
): Promise<Outcome> {
  if (state === 'local') return { code: exitCodes.ok, text: 'not connected, so there is nothing to do.' };
  if (state === 'unapproved') {
    const place = `“${api.connection?.repository.name ?? ''}” on ${api.connection?.repository.origin ?? ''}`;
    const next = 'Open the folder in VS Code and approve the connection; nothing is sent before.';
    return { code: exitCodes.unable, text: `not connected to ${place} on this computer. ${next}` };
  }
  ask.asked = undefined;
  try {
    return request.command === 'pull'
      ? await pull(key, useCases, context)
      : await push(key, request, useCases, context);
  } catch (error) {
    if (!Failure.is(error)) throw error;
    if (error.reason === 'nothingToPush') return { code: exitCodes.ok, text: 'nothing to push.' };
    if (error.reason === 'cancelled' && ask.asked !== undefined) {
      return { code: exitCodes.findings, text: questionText(ask.asked) };
    }
    if (error.reason === 'cancelled') throw error;
    return { code: isAboutConflicts(error) ? exitCodes.findings : exitCodes.unable, text: failureText(error) };
  }
}

async function pull(key: ApiKey, useCases: UseCases, context: OperationContext): Promise<Outcome> {
  const result = await useCases.pull(key, context);
  return { code: result.conflicts.length > 0 ? exitCodes.findings : exitCodes.ok, text: pullText(result) };
}

async function push(
  key: ApiKey,
  { message }: Extract<SyncRequest, { command: 'push' }>,
  useCases: UseCases,
  context: OperationContext,
): Promise<Outcome> {
  return { code: exitCodes.ok, text: pushText(await useCases.push(key, message, context)) };
}

function isAboutConflicts(failure: Failure): boolean {
  return Failure.is(failure, 'conflicts', 'incomingOverlap', 'pullFirst', 'gitMerges', 'localChanges');
}
