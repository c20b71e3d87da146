import { allFindings, type Report } from './finding.ts';

/** For programs. Keys are only ever added. */
export function jsonText(report: Report): string {
  const findings = allFindings(report);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return JSON.stringify({ ...report, errors, notes: findings.length - errors }, undefined, 2);
}
