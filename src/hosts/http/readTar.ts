/** One entry of a tar archive, its name as it was written. */
export interface TarEntry {
  readonly name: string;
  readonly kind: 'file' | 'link' | 'folder' | 'other';
  /** Permissions, such as 0o755. */
  readonly mode: number;
  readonly bytes: Uint8Array;
}

const block = 512;
const decoder = new TextDecoder();

/**
 * Reads what `git archive` writes: ustar with long names in its prefix field or in pax headers, which the small
 * readers for browsers leave out.
 * @throws RangeError for an archive that ends in the middle.
 */
export function* readTar(archive: Uint8Array): Iterable<TarEntry> {
  let extended = new Map<string, string>();
  for (let at = 0; at + block <= archive.length;) {
    const header = archive.subarray(at, at + block);
    if (header[0] === 0) return;
    const type = String.fromCharCode(header[156] ?? 0);
    const size = Number(extended.get('size') ?? octal(header, 124, 12));
    const start = at + block;
    if (start + size > archive.length) throw new RangeError('the archive ends in the middle of a file');
    const bytes = archive.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
    if (type === 'g') continue;
    if (type === 'x') {
      extended = paxRecords(bytes);
      continue;
    }
    const name = extended.get('path') ?? ustarName(header);
    yield { name, kind: kindOf(type), mode: octal(header, 100, 8), bytes };
    extended = new Map();
  }
}

function kindOf(type: string): TarEntry['kind'] {
  if (type === '0' || type === '\0') return 'file';
  if (type === '2') return 'link';
  return type === '5' ? 'folder' : 'other';
}

function ustarName(header: Uint8Array): string {
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** `<length> <key>=<value>\n`, the length counting itself. */
function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(decoder.decode(bytes.subarray(at, space)));
    if (space < 0 || !(length > 0)) throw new RangeError('a broken header in the archive');
    const record = decoder.decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

function octal(header: Uint8Array, at: number, length: number): number {
  return Number.parseInt(text(header, at, length).trim() || '0', 8);
}

function text(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}
