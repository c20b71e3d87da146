import { countsMark, lineMark } from './marks.ts';

/**
 * Runs the tests that the modules before this one have declared, and prints them line by line: the console is the one
 * way out of every extension host.
 */
export function runMocha(): Promise<void> {
  return new Promise((resolve, reject) => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    let depth = 0;
    const print = (line: string): void => console.log(`${lineMark}${'  '.repeat(depth)}${line}`);
    // Not mocha.run(): that one reads the page's address, and a Node host has none.
    const runner = Mocha.prototype.run.call(mocha, () => {
      console.log(`${countsMark}${JSON.stringify(counts)}`);
      if (counts.failed === 0) resolve();
      else reject(new Error(`${counts.failed} failed`));
    });
    runner.on('suite', (suite) => {
      if (suite.root) return;
      print(suite.title);
      depth++;
    });
    runner.on('suite end', (suite) => {
      if (!suite.root) depth--;
    });
    runner.on('pass', (test) => {
      counts.passed++;
      print(`✔ ${test.title} (${test.duration ?? 0}ms)`);
    });
    runner.on('pending', (test) => {
      counts.skipped++;
      print(`- ${test.title}`);
    });
    runner.on('fail', (test, error: Error) => {
      counts.failed++;
      print(`✖ ${test.fullTitle()}`);
      for (const line of (error.stack ?? error.message).split('\n')) print(`    ${line}`);
    });
  });
}
