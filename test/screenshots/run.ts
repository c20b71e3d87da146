/** Takes the pictures of the README, in a real VS Code with the sample: npm run screenshots */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { buildExtension } from '../workbench/buildExtension.ts';
import { copyExtension } from '../workbench/copyExtension.ts';
import { projectFolder } from '../workbench/folders.ts';
import { sayWithTime as say } from '../workbench/say.ts';
import { preferGoodFonts } from './fonts.ts';
import { scenes } from './scenes.ts';
import type { Scene } from './scenes.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';

const target = path.join(projectFolder, 'media/readme');
const width = 1200;
const budgetBytes = 150_000;

await buildExtension(say);
await mkdir(target, { recursive: true });
const scratch = await mkdtemp(path.join(tmpdir(), 'asc-screenshots-'));
await preferGoodFonts(scratch);
const stage = await setStage(await copyExtension(scratch));
try {
  for (const scene of scenes) await take(scene, stage);
} catch (error) {
  say(`See ${await stage.workbench.screenshot('failed-screenshots')}`);
  throw error;
} finally {
  await stage.session.end();
  await rm(scratch, { recursive: true });
}

async function take({ name, height, play }: Scene, stage: Stage): Promise<void> {
  const { page } = stage.workbench;
  await page.setViewportSize({ width, height });
  await play(stage);
  // Nothing under the pointer, no tooltip, no progress, no blinking cursor.
  await page.mouse.move(width - 2, height - 2);
  await page
    .locator('.monaco-hover:visible, .monaco-progress-container.active:visible')
    .first()
    .waitFor({ state: 'hidden' });
  const file = path.join(target, `${name}.png`);
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  say(`${name}.png: ${(size / 1_000).toFixed(0)} kB`);
  if (size > budgetBytes) throw new Error(`${name}.png has ${size} bytes, more than ${budgetBytes}`);
}
