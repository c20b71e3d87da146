const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The bytes with each CR LF as LF, as Git's own conversion makes them. */
export function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== carriageReturn || bytes[index + 1] !== lineFeed);
}
