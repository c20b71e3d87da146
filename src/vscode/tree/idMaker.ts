/** Ids below `prefix`: a name that comes again gets a number. */
export function idMaker(prefix: string): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? `${prefix}/${name}` : `${prefix}/${name}#${count}`;
  };
}
