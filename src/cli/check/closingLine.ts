import { counted } from '../texts/counted.ts';
import { allFindings, type Report } from './finding.ts';

/** How a check came out, in one line. */
export function closingLine(report: Report): string {
  const { apis } = report;
  const findings = allFindings(report);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const notes = findings.length - errors;
  const where = counted(apis.length, 'API');
  if (errors > 0)
    return `${counted(errors, 'finding')}${notes === 0 ? '' : ` and ${counted(notes, 'note')}`} in ${where}.`;
  const files = counted(sum(apis.map((api) => api.files)), 'file');
  const requests = counted(sum(apis.map((api) => api.requests)), 'request');
  return `Nothing is wrong in ${where}: ${files}, ${requests}${notes === 0 ? '' : `, ${counted(notes, 'note')}`}.`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
