import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { installOnce } from './installOnce.ts';
import { installPackages } from './npm.ts';
import pins from './pins.json' with { type: 'json' };
import type { Say } from './say.ts';

/** A browser of the Chromium family and what its process needs in its environment. */
export interface Chromium {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);

const systemBrowsers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

/** For a system that has no fonts of its own: those that came with the browser. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`;

/** Returns `CHROME_PATH`, else the system's Chromium or Chrome, else one from the npm registry (Linux x64). */
export async function chromium(say: Say): Promise<Chromium> {
  const wanted = process.env['CHROME_PATH'];
  if (wanted !== undefined) return { executable: wanted, env: {} };
  const found = systemBrowsers[process.platform]?.find((candidate) => existsSync(candidate));
  if (found !== undefined) return { executable: found, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium or Chrome found. Install one, or set CHROME_PATH to its program.');
  }
  return await packedChromium(say);
}

async function packedChromium(say: Say): Promise<Chromium> {
  const name = `@sparticuz/chromium@${pins.chromium}`;
  const folder = await installOnce(
    {
      name: 'chromium',
      stamp: name,
      fill: async (target) => {
        await installPackages(target, [name]);
        const packed = path.join(target, 'node_modules/@sparticuz/chromium/bin');
        await unpack(path.join(packed, 'chromium.br'), path.join(target, 'chromium'));
        await chmod(path.join(target, 'chromium'), 0o755);
        for (const archive of ['swiftshader', 'al2023', 'fonts']) await unpackArchive(packed, archive, target);
        await writeFile(path.join(target, 'fonts.conf'), fontSettings);
        await rm(path.join(target, 'node_modules'), { recursive: true });
      },
    },
    say,
  );
  const executable = path.join(folder, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  return { executable, env: { ...fonts, ...(await libraries(executable, path.join(folder, 'al2023/lib'))) } };
}

/** Its own copies of NSS and NSPR are used only where the system has none. */
async function libraries(executable: string, folder: string): Promise<Record<string, string>> {
  try {
    await run(executable, ['--version']);
    return {};
  } catch {
    const env = { LD_LIBRARY_PATH: folder };
    await run(executable, ['--version'], { env: { ...process.env, ...env } });
    return env;
  }
}

async function unpack(packed: string, target: string): Promise<void> {
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(target));
}

/** The libraries of the software renderer belong beside the program; the others have folders of their own. */
async function unpackArchive(packed: string, name: string, target: string): Promise<void> {
  const tar = path.join(target, `${name}.tar`);
  const into = name === 'al2023' ? path.join(target, name) : target;
  await unpack(path.join(packed, `${name}.tar.br`), tar);
  await mkdir(into, { recursive: true });
  await run('tar', ['-xf', tar, '-C', into]);
  await rm(tar);
}
