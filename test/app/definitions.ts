/** Small definitions that tests write. */
export function root(...references: readonly string[]): string {
  const schemas = references.map((target, index) => `    S${String(index)}:\n      $ref: ${target}\n`).join('');
  return `openapi: 3.1.0\ninfo:\n  title: Pets\n  version: '1'\npaths: {}\ncomponents:\n  schemas:\n${schemas}`;
}

export function schema(...references: readonly string[]): string {
  const properties = references.map((target, index) => `  p${String(index)}:\n    $ref: ${target}\n`).join('');
  return `type: object\n${properties === '' ? '' : `properties:\n${properties}`}`;
}

export function collection(name: string): string {
  const info = { name, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' };
  return JSON.stringify({ info, item: [{ name: 'List', request: { method: 'GET', url: 'https://example.com' } }] });
}
