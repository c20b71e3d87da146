/** What `lease.json` says of who has the folder. */
export interface LeaseFile {
  readonly id: string;
  readonly operation: string;
  readonly since: number;
  readonly machine: string;
  readonly pid: number;
}

export function encodeLease({ id, operation, since, machine, pid }: LeaseFile): string {
  return `${JSON.stringify({ id, operation, since, machine, pid })}\n`;
}

/** A file that cannot be read is a lease all the same, of somebody unknown: `id` is empty then. */
export function decodeLease(text: string): LeaseFile {
  const unknown: LeaseFile = { id: '', operation: '', since: 0, machine: '', pid: 0 };
  const file = parse(text);
  if (typeof file !== 'object' || file === null) return unknown;
  const { id, operation, since, machine, pid } = file as Readonly<Record<string, unknown>>;
  const isWhole =
    typeof id === 'string' &&
    typeof operation === 'string' &&
    typeof since === 'number' &&
    typeof machine === 'string' &&
    typeof pid === 'number';
  return isWhole ? { id, operation, since, machine, pid } : unknown;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
