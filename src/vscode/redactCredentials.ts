const rules: readonly (readonly [RegExp, string])[] = [
  // user:password@ of a URL; a bare user name (git@…) says nothing secret and helps.
  [/([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, '$1:***@'],
  // A token alone in front of the host: https://<token>@host.
  [/(https?:\/\/)[^\s/:@]{16,}@/gi, '$1***@'],
  [/\b(authorization\s*[:=]\s*)(?:(?:basic|bearer|token)\s+)?\S+/gi, '$1***'],
  [/\b((?:access_|refresh_|private_|id_)?token|password|passwd|secret|client_secret|sig)=[^\s&;]+/gi, '$1=***'],
  [/\b(?:gh[opsur]_|github_pat_|glpat-|ATBB|ATCTT)[\w-]{10,}/g, '***'],
];

/** A second wall: callers of the log keep secrets out already. */
export function redactCredentials(text: string): string {
  return rules.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}
