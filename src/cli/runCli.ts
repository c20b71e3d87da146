import { Failure } from '../core/errors.ts';
import { helpText } from './helpText.ts';
import { parseArguments, type Request } from './parseArguments.ts';
import { exitCodes, type ExitCode, type Shell } from './shell.ts';
import { Refusal, UsageError } from './refusal.ts';

/** Does what the arguments ask for; whatever goes wrong is told in a sentence, and never thrown. */
export async function runCli(args: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    return await run(parseArguments(args), shell);
  } catch (error) {
    if (Failure.is(error, 'cancelled')) {
      shell.err('Cancelled.');
      return exitCodes.cancelled;
    }
    shell.err(`api-source-control: ${await sentenceOf(error)}`);
    if (error instanceof UsageError) shell.err('See api-source-control --help.');
    return exitCodes.unable;
  }
}

/** Each command is loaded when it is asked for: most need only a part of the house. */
async function run(request: Request, shell: Shell): Promise<ExitCode> {
  switch (request.command) {
    case 'help':
      shell.out(helpText);
      return exitCodes.ok;
    case 'version':
      shell.out(shell.version());
      return exitCodes.ok;
    case 'check':
      return (await import('./check/runCheck.ts')).runCheck(request, shell);
    case 'status':
      return (await import('./status/runStatus.ts')).runStatus(request, shell);
    case 'pull':
    case 'push':
      return (await import('./sync/runSync.ts')).runSync(request, shell);
  }
}

async function sentenceOf(error: unknown): Promise<string> {
  if (error instanceof Refusal) return error.message;
  if (Failure.is(error)) return (await import('./texts/failureText.ts')).failureText(error);
  return `this is a defect of API Source Control: ${error instanceof Error ? error.message : String(error)}`;
}
