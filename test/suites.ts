/** A suite of `npm test`: a command that writes its counts to the file named by `TEST_COUNTS`. */
export interface Suite {
  readonly name: string;
  /** Arguments of Node. */
  readonly command: readonly string[];
  /** Added to the command. */
  readonly files?: readonly string[];
  /**
   * Files with a failure run once more, by themselves and from a fresh start; what fails then has failed. For tests
   * that drive a browser: a window on a busy machine loses a click now and then, and the whole run is told of each.
   */
  readonly secondTry?: boolean;
}

const mocha = ['node_modules/mocha/bin/mocha.js', '--reporter', 'test/support/countingReporter.cjs'];

/** In the order in which they run: the quick ones first. */
export const suites: readonly Suite[] = [
  {
    name: 'unit',
    command: mocha,
    files: ['test/unit/**/*.test.ts', 'test/app/**/*.test.ts', 'test/architecture.test.ts'],
  },
  // They wait for Git and for the network more than they compute: two files at a time.
  {
    name: 'contract',
    command: [...mocha, '--parallel', '--jobs', '2', '--timeout', '60000'],
    files: ['test/contract/**/*.test.ts'],
  },
  { name: 'data', command: [...mocha, '--timeout', '120000'], files: ['test/data/**/*.test.ts'] },
  { name: 'vscode', command: ['--import', 'tsx', 'test/vscode/run.ts'] },
  // Half of it is waiting for windows.
  {
    name: 'e2e',
    command: [
      ...mocha,
      ...['--parallel', '--jobs', '2', '--timeout', '180000'],
      ...['--require', 'test/e2e/support/setUp.ts'],
    ],
    files: ['test/e2e/**/*.test.ts'],
    secondTry: true,
  },
  { name: 'vsix', command: ['--import', 'tsx', 'test/vsix/run.ts'] },
];
