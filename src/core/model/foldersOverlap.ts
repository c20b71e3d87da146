/** Whether one folder is the other, on some platform, or lies in it: a file would then belong to two checkouts. */
export function foldersOverlap(a: string, b: string): boolean {
  const [shorter = '', longer = ''] = [comparable(a), comparable(b)].sort((one, other) => one.length - other.length);
  return longer.startsWith(shorter);
}

/** Whether one folder is the other, on some platform. */
export function isSameFolder(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

/** As the platform sees it that tells the fewest names apart; ends at a segment's end. */
function comparable(folder: string): string {
  return folder === '' ? '' : `${folder.normalize('NFC').toLowerCase()}/`;
}
