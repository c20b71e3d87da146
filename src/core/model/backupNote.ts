/** What a backup's files do not say themselves; it is written beside their folder. */
export interface BackupNote {
  /** The branch that was worked on; absent where the folder remembered none. */
  readonly branch?: string;
  /** Folder at the backup's top → the branch that its files waited on. */
  readonly parked: ReadonlyMap<string, string>;
  /** Those of the copies that are executable. */
  readonly executable: ReadonlySet<string>;
}

/** The text of `<backup's name>.json`. */
export function encodeBackupNote({ branch, parked, executable }: BackupNote): string {
  return `${JSON.stringify({ branch, parked: Object.fromEntries(parked), executable: [...executable] }, undefined, 1)}\n`;
}

/** A note that cannot be read is none: the copies are whole without it. */
export function decodeBackupNote(text: string): BackupNote | undefined {
  const note = parse(text);
  if (!isRecord(note)) return undefined;
  const { branch, parked, executable } = note;
  if (branch !== undefined && typeof branch !== 'string') return undefined;
  if (!isRecord(parked) || !Array.isArray(executable)) return undefined;
  const branches = Object.entries(parked).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const paths = executable.filter((path): path is string => typeof path === 'string');
  return { ...(branch === undefined ? {} : { branch }), parked: new Map(branches), executable: new Set(paths) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
