/** What a host said, to go on within a sentence of ours: several lines become one, without the last full stop. */
export function hostWords(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim().replace(/[\s.:]+$/, ''))
    .filter((line) => line !== '');
  return lines.join('. ');
}
