import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startServer } from '../workbench/startServer.ts';
import type { VSCodeServer } from '../workbench/vscodeServer.ts';
import { workbenchUrl } from '../workbench/workbenchUrl.ts';
import { bundleTests, extensionFolder } from './bundleTests.ts';
import type { Configuration } from './configurations.ts';
import type { TestOutput } from './testOutput.ts';
import { makeTestWindow } from './testWindow.ts';

const silenceMs = 90_000;

/** Runs the test files of a configuration in a workbench that a headless browser shows; returns its exit code. */
export async function runInBrowser(
  server: VSCodeServer,
  browser: Browser,
  configuration: Configuration,
  files: readonly string[],
  output: TestOutput,
): Promise<number> {
  const window = await makeTestWindow(configuration, 'data/User');
  const extension = await extensionFolder(configuration);
  const tests = await bundleTests(configuration, files, extension);
  const running = await startServer(server, {
    development: true,
    dataFolder: window.dataFolder,
    workspaceTrust: !configuration.trusted,
    env: window.env,
  });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const folder = window.open === undefined ? {} : { folder: window.open };
    const exit = await listen(page, output);
    await page.goto(workbenchUrl({ port: running.port, extension, tests, ...folder }));
    return await exit();
  } finally {
    await context.close();
    await running.stop();
    await window.remove();
  }
}

/** Gives the page the two functions that the workbench calls when it runs tests; returns its exit code to wait for. */
async function listen(page: Page, output: TestOutput): Promise<() => Promise<number>> {
  let exit: (code: number) => void;
  const exited = new Promise<number>((resolve) => (exit = resolve));
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
    output.take(args.map(String).join(' ')),
  );
  await page.exposeFunction('codeAutomationExit', (code: number) => exit(code));
  return () => Promise.race([exited, silence(output)]);
}

/** Rejects when nothing has been heard of the tests for long: a window that never runs them says nothing at all. */
async function silence(output: TestOutput): Promise<never> {
  while (Date.now() - output.lastHeard < silenceMs) await pause(1_000, undefined, { ref: false });
  throw new Error(`Nothing heard of the tests for ${silenceMs / 1_000} s`);
}
