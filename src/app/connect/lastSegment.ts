/** What is left of a repository's name without its owner. */
export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
