import { Gunzip } from 'fflate';
import { joinedBytes } from './joinedBytes.ts';

/** Bytes of one step: an archive of nothing but zeros grows a thousandfold, and is to be noticed before it is here. */
const step = 64 * 1024;

/** @throws RangeError when more than `maxBytes` come out; whatever fflate throws for broken data. */
export function gunzip(compressed: Uint8Array, maxBytes: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Gunzip((chunk) => {
    length += chunk.length;
    if (length > maxBytes) throw new RangeError(`more than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  });
  for (let at = 0; at < compressed.length || at === 0; at += step) {
    stream.push(compressed.subarray(at, at + step), at + step >= compressed.length);
  }
  return joinedBytes(chunks);
}
