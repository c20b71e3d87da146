import { apisFilePath } from '../../core/model/apisFile.ts';
import { closingLine } from './closingLine.ts';
import type { Finding, Report } from './finding.ts';

/**
 * Annotations of GitHub Actions.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubLines(report: Report): readonly string[] {
  return [
    ...report.apisFile.map((finding) => annotation(finding, apisFilePath)),
    ...report.apis.flatMap(({ name, findings }) => findings.map((finding) => annotation(finding, name))),
    closingLine(report),
  ];
}

function annotation({ severity, file, line, column, message }: Finding, title: string): string {
  const command = severity === 'error' ? 'error' : 'notice';
  const facts = [`file=${property(file)}`, `line=${String(line)}`, `col=${String(column)}`, `title=${property(title)}`];
  return `::${command} ${facts.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
