import { setTimeout as pause } from 'node:timers/promises';
import type { Workbench } from '../e2e/support/workbench.ts';

/** What VS Code measured of one extension, in milliseconds. */
export interface ActivationTimes {
  readonly loadCode: number;
  /** `activate()` until it returned. */
  readonly call: number;
  /** What it returned, until that settled. */
  readonly finish: number;
}

/** Reads the table of Developer: Startup Performance, once both extensions are in it. */
export async function activationTimes(
  workbench: Workbench,
  one: string,
  other: string,
): Promise<readonly [ActivationTimes, ActivationTimes]> {
  const { page, editors } = workbench;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.runCommand('Developer: Startup Performance');
  await editors.tab(/^Startup Performance/).waitFor();
  const deadline = Date.now() + 30_000;
  for (;;) {
    const text = await wholeText(workbench);
    const [first, second] = [timesIn(text, one), timesIn(text, other)];
    if (first !== undefined && second !== undefined) return [first, second];
    if (Date.now() > deadline) throw new Error(`VS Code has not activated ${one} and ${other}`);
    await pause(200);
  }
}

/** The editor draws only the lines in sight; the clipboard gets all of them. */
async function wholeText({ page, editors }: Workbench): Promise<string> {
  await editors.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  return await page.evaluate('navigator.clipboard.readText()');
}

function timesIn(table: string, extension: string): ActivationTimes | undefined {
  const row = table.split('\n').find((line) => line.startsWith(`| ${extension} `));
  if (row === undefined) return undefined;
  const [loadCode = Number.NaN, call = Number.NaN, finish = Number.NaN] = row.split('|').slice(3, 6).map(Number);
  return { loadCode, call, finish };
}
