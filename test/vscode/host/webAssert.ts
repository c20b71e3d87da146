/** Stands in for `node:assert/strict` in the web worker host, as far as the tests there use it. */
function fail(message: string): never {
  throw new Error(message);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

function ok(value: unknown, message = `${show(value)} is not truthy`): asserts value {
  if (!value) fail(message);
}

function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) fail(message ?? `${show(actual)} is not ${show(expected)}`);
}

function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (show(sorted(actual)) !== show(sorted(expected))) fail(message ?? `${show(actual)} is not ${show(expected)}`);
}

/** The same value with the keys of its objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function match(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) fail(`${show(text)} does not match ${String(pattern)}`);
}

async function rejects(promise: Promise<unknown>): Promise<void> {
  try {
    await promise;
  } catch {
    return;
  }
  fail('The promise did not reject');
}

const assert: typeof ok &
  Record<'ok', typeof ok> & {
    equal: typeof equal;
    deepEqual: typeof deepEqual;
    match: typeof match;
    rejects: typeof rejects;
  } = Object.assign(ok, { ok, equal, deepEqual, match, rejects });

// The module that this one stands in for has a default export.
export { assert as default };
