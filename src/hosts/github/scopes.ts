/** What a classic token must be allowed to do: read and write repositories, and list the organizations. */
export const neededScopes = ['repo', 'read:org'] as const;

/** What `granted` leaves out of the needed scopes. */
export function lackingScopes(granted: readonly string[]): readonly string[] {
  return neededScopes.filter((needed) => !granted.some((scope) => scope === needed || isPartOf(scope, [needed])));
}

/** `admin:org` holds `write:org` and `read:org`; `public_repo` sees what is public, so that it is not what is missing. */
export function isPartOf(granted: string, accepted: readonly string[]): boolean {
  if (granted === 'public_repo') return accepted.includes('repo');
  const [level = '', area] = granted.split(':');
  const levels = ['admin', 'write', 'read'];
  return (
    levels.includes(level) && levels.slice(levels.indexOf(level)).some((one) => accepted.includes(`${one}:${area}`))
  );
}
