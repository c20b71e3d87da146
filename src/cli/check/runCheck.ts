import { openFolder } from '../openFolder.ts';
import type { OutputFormat, Request } from '../parseArguments.ts';
import { exitCodes, type ExitCode, type Shell } from '../shell.ts';
import { checkFolder } from './checkFolder.ts';
import { allFindings, type Report } from './finding.ts';
import { githubLines } from './githubLines.ts';
import { jsonText } from './jsonText.ts';
import { textLines } from './textLines.ts';

/** `api-source-control check`. */
export async function runCheck(request: Extract<Request, { command: 'check' }>, shell: Shell): Promise<ExitCode> {
  const folder = await openFolder(shell.cwd, request);
  const { cwd, signal } = shell;
  const report = await checkFolder(folder, { cwd, signal, strict: request.strict });
  for (const line of lines[request.format](report)) shell.out(line);
  return allFindings(report).some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok;
}

const lines: Readonly<Record<OutputFormat, (report: Report) => readonly string[]>> = {
  text: textLines,
  github: githubLines,
  json: (report) => [jsonText(report)],
};
