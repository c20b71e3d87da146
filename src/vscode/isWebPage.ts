/** Whether a browser shows what the address names; other schemes start programs, with whatever the address says. */
export function isWebPage(address: string): boolean {
  return URL.canParse(address) && ['https:', 'http:'].includes(new URL(address).protocol);
}
