/** An operation by the word that people know; one of another version by its own name. */
export function operationName(operation: string): string {
  return operation === ''
    ? 'nobody can tell at what'
    : operation.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
