/** `1 file`, `2 files`; the plural is regular unless it is given. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
