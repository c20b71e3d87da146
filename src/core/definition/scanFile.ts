import { limits } from '../limits.ts';
import { looksLikeDocument, type DocumentKind } from './documentKind.ts';
import { scanReferences, type ReferenceScan } from './referenceScan.ts';
import { decodeText } from './text.ts';

const nothing: ReferenceScan = { references: [], problems: [] };

/** Scans a file's bytes as what its name makes of them. */
export function scanFile(bytes: Uint8Array, kind: DocumentKind): ReferenceScan {
  if (kind === 'leaf') return nothing;
  if (bytes.length > limits.fileBytes) return { references: [], problems: [{ message: 'tooLarge' }] };
  if (kind === 'askContent' && !looksLikeDocument(decodeText(bytes.subarray(0, limits.detectBytes)))) return nothing;
  return scanReferences(decodeText(bytes));
}
