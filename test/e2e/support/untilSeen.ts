import type { Locator } from 'playwright-core';

/** How long is waited for what an act should show before it is made again, in ms: longer each time. */
const patience: readonly number[] = [5_000, 10_000, 20_000];

/**
 * Acts until `seen` is in sight, as a person does: what is drawn anew under the pointer loses a click, and an editor
 * that is just being restored takes the focus away. `act` may be made several times, so it opens and never toggles.
 */
export async function untilSeen(act: () => Promise<unknown>, seen: Locator): Promise<void> {
  for (const timeout of patience) {
    await act();
    try {
      await seen.first().waitFor({ timeout });
      return;
    } catch {
      // Not yet: it is made again, and the last wait below says what was missing.
    }
  }
  await act();
  await seen.first().waitFor();
}
