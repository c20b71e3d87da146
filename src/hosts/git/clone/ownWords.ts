const mostLines = 12;
const mostCharacters = 1_500;

/** A push's progress, and Git's advice for people at a command line. */
const noise =
  /^(?:hint: |(?:remote: )?(?:Enumerating|Counting|Compressing|Writing|Delta|Total|Resolving|Receiving|Unpacking)\b)/;

/** What Git and its hooks said, in their own words, without credentials. */
export function ownWords(...outputs: readonly string[]): string {
  return outputs
    .flatMap((output) => output.split(/[\r\n]+/))
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !noise.test(line))
    .slice(0, mostLines)
    .join('\n')
    .replace(/:\/\/[^/@\s]*@/g, '://')
    .slice(0, mostCharacters);
}
