/**
 * Runs test/vscode in a real VS Code:
 *
 *   npm run test:vscode                     every configuration that has tests, in a headless browser
 *   npm run test:vscode -- folder web       only these
 *   npm run test:desktop                    the same files in desktop VS Code
 *   VERBOSE=1 npm run test:vscode           with everything that the extension host prints
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildExtension } from '../workbench/buildExtension.ts';
import { launchBrowser } from '../workbench/launchBrowser.ts';
import { sayWithTime as say } from '../workbench/say.ts';
import { vscodeServer } from '../workbench/vscodeServer.ts';
import { testFiles } from './bundleTests.ts';
import { configurations } from './configurations.ts';
import type { Configuration } from './configurations.ts';
import { runInBrowser } from './runInBrowser.ts';
import { runInDesktop } from './runInDesktop.ts';
import { TestOutput } from './testOutput.ts';
import type { Counts } from './testOutput.ts';

type Run = (configuration: Configuration, files: readonly string[], output: TestOutput) => Promise<number>;

const { values, positionals } = parseArgs({
  options: { desktop: { type: 'boolean', default: false } },
  allowPositionals: true,
});

await buildExtension(say);
const total = values.desktop ? await runAll(runInDesktop) : await runAllInBrowser();
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
const countsFile = process.env['TEST_COUNTS'];
if (countsFile !== undefined) await writeFile(countsFile, JSON.stringify(total));
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function runAllInBrowser(): Promise<Counts> {
  const server = await vscodeServer(say);
  const browser = await launchBrowser(say);
  try {
    return await runAll((configuration, files, output) => runInBrowser(server, browser, configuration, files, output));
  } finally {
    await browser.close();
  }
}

async function runAll(run: Run): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const configuration of configurations) {
    if (positionals.length > 0 && !positionals.includes(configuration.name)) continue;
    const files = await testFiles(configuration);
    if (files.length === 0) continue;
    process.stdout.write(`\n${configuration.name}\n`);
    const counts = await countsOf(run, configuration, files);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

/** A run that ends without counts, or badly in spite of them, is a failure of its own. */
async function countsOf(run: Run, configuration: Configuration, files: readonly string[]): Promise<Counts> {
  const output = new TestOutput((line) => process.stdout.write(`  ${line}\n`));
  let complaint: string;
  try {
    const code = await run(configuration, files, output);
    if (output.counts !== undefined && (code === 0) === (output.counts.failed === 0)) return output.counts;
    complaint = `VS Code ended with code ${code} ${output.counts ? 'after' : 'before the end of'} the tests`;
  } catch (error) {
    complaint = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  process.stdout.write(`  ✖ ${complaint}\n`);
  const counts = output.counts ?? { passed: 0, failed: 0, skipped: 0 };
  return { ...counts, failed: counts.failed + 1 };
}
