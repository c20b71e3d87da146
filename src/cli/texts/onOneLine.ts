/** Names come from files that anybody wrote: what they hold neither breaks a line nor moves a terminal's cursor. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
