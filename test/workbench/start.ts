/**
 * `npm start`: a VS Code with this extension, a sample repository to connect to, stand-ins of the hosts that have it too,
 * and an empty folder to work in.
 *
 *   npm start                 opens it in the default browser (in desktop VS Code on macOS and Windows)
 *   npm start -- --no-open    prints the address only
 *   npm start -- --fresh      forgets the sample, the workspace and the state of earlier starts
 */
import { parseArgs } from 'node:util';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { makeSample } from '../sample/makeSample.ts';
import { startSampleHosts } from '../sample/sampleHosts.ts';
import { buildExtension } from './buildExtension.ts';
import { startDesktop } from './desktop.ts';
import { sampleFolder } from './folders.ts';
import { describeHosts } from './describeHosts.ts';
import { sayWithTime as say } from './say.ts';
import { startBrowser } from './startBrowser.ts';

const { values } = parseArgs({
  options: {
    'no-open': { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: process.platform === 'linux' },
  },
});

try {
  if (values.fresh) await rm(sampleFolder, { recursive: true, force: true });
  await buildExtension(say);
  const sample = await makeSample(sampleFolder, say);
  const hosts = await startSampleHosts(sample.repository, path.join(sampleFolder, 'hosts'));
  const offer = describeHosts(hosts);
  const pages = hosts.map(({ server }) => Number(new URL(server).port));
  try {
    if (values.browser) await startBrowser(sample, { open: !values['no-open'], say, offer, pages });
    else await startDesktop(sample, { say, offer });
  } finally {
    for (const host of hosts) await host.stop();
  }
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
