import { collectionSchema } from './collectionJson.ts';

/**
 * An empty collection, byte for byte as Postman writes one: tabs, line feeds, no line end at the end.
 *
 * @param id a UUID that nothing else has.
 */
export function newCollection(name: string, id: string): Uint8Array {
  const collection = { info: { _postman_id: id, name, schema: collectionSchema }, item: [] };
  return new TextEncoder().encode(JSON.stringify(collection, undefined, '\t'));
}

/** What some platform refuses in a file's name. */
const refused = /[\p{Cc}\p{Cs}/\\:*?"<>|]/gu;
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/** Characters of a name that are kept: with `(123).json`, below every file system's 255 bytes. */
const keptCharacters = 60;

/**
 * The file for a new collection: its name and `.json`, `(1)`, `(2)` … where the name is taken, as Postman does.
 *
 * @param taken names of what is in the folder; compared without case and Unicode form, as some platforms do.
 */
export function collectionFileName(name: string, taken: Iterable<string>): string {
  const stem = safeStem(name);
  const folded = new Set([...taken].map(fold));
  let file = `${stem}.json`;
  for (let count = 1; folded.has(fold(file)); count += 1) file = `${stem}(${count}).json`;
  return file;
}

function safeStem(name: string): string {
  const cleaned = [...name.replace(refused, '_')]
    .slice(0, keptCharacters)
    .join('')
    .trim()
    .replace(/[. ]+$/, '');
  if (cleaned === '') return 'New Collection';
  return deviceName.test(cleaned) ? `_${cleaned}` : cleaned;
}

function fold(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}
