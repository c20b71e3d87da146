import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { downloadsFolder } from '../workbench/folders.ts';

/** The first that is there is taken; Open Sans comes with the browser. */
const goodFonts = ['Segoe UI', 'Inter', 'Ubuntu', 'Open Sans', 'Liberation Sans'];

/** Makes browsers that are started from here prefer fonts that are good to read, where fontconfig has a say. */
export async function preferGoodFonts(folder: string): Promise<void> {
  const fonts = goodFonts.map((name) => `<string>${name}</string>`).join('');
  const rules = ['system-ui', 'sans-serif', 'sans'].map(
    (name) =>
      `<match><test name="family"><string>${name}</string></test>` +
      `<edit name="family" mode="prepend" binding="strong">${fonts}</edit></match>`,
  );
  const settings = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `<dir>${path.join(downloadsFolder, 'chromium/fonts')}</dir>`,
    ...rules,
    '</fontconfig>',
    '',
  ];
  const file = path.join(folder, 'fonts.conf');
  await writeFile(file, settings.join('\n'));
  process.env['FONTCONFIG_FILE'] = file;
}
