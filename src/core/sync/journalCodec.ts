import { Failure } from '../errors.ts';
import { isObjectId, type BlobId } from '../model/ids.ts';
import { isRepoPath } from '../model/repoPath.ts';
import type { FileVersion } from '../model/snapshot.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { decodeState, encodeState } from './stateCodec.ts';

/** Grows when a reader of before would misunderstand the file. */
const format = 1;
const journalPath = '.api-source-control/journal.json';

/** The text of `journal.json`. */
export function encodeJournal({ operation, entries, next, movesState }: Journal): string {
  const lines = entries.map(({ path, before, after }) => [path, encodeVersion(before), encodeVersion(after)]);
  const file = { format, operation, entries: lines, next: encodeState(next), movesState };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

function encodeVersion(version: FileVersion | null): unknown {
  return version === null ? null : { id: version.id, mode: version.mode };
}

/** @throws Failure `invalidFile`, with the place in `detail`, unless `text` is exactly what {@link encodeJournal} makes. */
export function decodeJournal(text: string): Journal {
  const { format: written, operation, entries, next, movesState } = asRecord(parseJson(text), 'journal');
  if (written !== format) throw invalid('format');
  if (typeof operation !== 'string') throw invalid('operation');
  if (!Array.isArray(entries)) throw invalid('entries');
  if (typeof next !== 'string') throw invalid('next');
  if (typeof movesState !== 'boolean') throw invalid('movesState');
  return { operation, entries: entries.map(decodeEntry), next: decodeState(next), movesState };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('invalidFile', { paths: [journalPath], detail: 'JSON' }, { cause: error });
  }
}

function decodeEntry(value: unknown, index: number): JournalEntry {
  const place = `entries.${String(index)}`;
  if (!Array.isArray(value)) throw invalid(place);
  const [path, before, after] = value as readonly unknown[];
  if (typeof path !== 'string' || !isRepoPath(path)) throw invalid(`${place}.path`);
  return { path, before: decodeVersion(before, `${place}.before`), after: decodeVersion(after, `${place}.after`) };
}

function decodeVersion(value: unknown, place: string): FileVersion | null {
  if (value === null) return null;
  const { id, mode } = asRecord(value, place);
  if (typeof id !== 'string' || !isObjectId(id)) throw invalid(`${place}.id`);
  if (mode !== 'regular' && mode !== 'executable') throw invalid(`${place}.mode`);
  return { id: id as BlobId, mode };
}

function asRecord(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(place);
  return value as Readonly<Record<string, unknown>>;
}

function invalid(place: string): Failure {
  return new Failure('invalidFile', { paths: [journalPath], detail: place });
}
