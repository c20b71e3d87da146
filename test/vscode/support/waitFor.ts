const pauseMs = 25;

/**
 * Resolves with the first value of `condition` that is neither false nor undefined. Tests wait with it for what they
 * expect, never for a time: `message` says what did not happen.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  message: string,
  timeoutMs = 60_000,
): Promise<Exclude<T, false | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value as Exclude<T, false | undefined>;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${message}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
