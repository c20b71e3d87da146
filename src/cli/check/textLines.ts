import { apisFilePath } from '../../core/model/apisFile.ts';
import { onOneLine } from '../texts/onOneLine.ts';
import { closingLine } from './closingLine.ts';
import type { Finding, Report } from './finding.ts';

/** For people, and for editors that follow `file:line:column`. */
export function textLines(report: Report): readonly string[] {
  const groups: readonly (readonly [string, readonly Finding[]])[] = [
    [apisFilePath, report.apisFile],
    ...report.apis.map(({ name, findings }) => [name, findings] as const),
  ];
  const found = groups.filter(([, findings]) => findings.length > 0);
  const lines = found.flatMap(([name, findings]) => [name, ...findings.map(lineOf), '']);
  return [...lines.map(onOneLine), closingLine(report)];
}

function lineOf({ file, line, column, severity, message }: Finding): string {
  return `${file}:${String(line)}:${String(column)}: ${severity === 'note' ? 'note: ' : ''}${message}`;
}
