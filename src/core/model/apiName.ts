/** Control characters, line ends of Unicode, and those that reorder or hide what is read (Unicode UAX #9, TR #36). */
const hidden = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** Whether a name holds characters that nobody sees, so that it could be read as another one. */
export function hidesCharacters(name: string): boolean {
  return hidden.test(name);
}
