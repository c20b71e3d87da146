import type { HttpAnswer } from './httpMessages.ts';

/** What a token may do, as some hosts say it beside their answers; `undefined`: not of this token. */
export function grantedScopes(answer: HttpAnswer): readonly string[] | undefined {
  const header = answer.header('x-oauth-scopes');
  return header === undefined ? undefined : scopesIn(header);
}

/** `repo, read:org` */
export function scopesIn(header: string): readonly string[] {
  return header
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}
