'use strict';

const { reporters } = require('mocha');
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');

/** Mocha's spec reporter, which also writes its counts, file by file, to the file named by `TEST_COUNTS`. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const count = (kind) => (test) => {
      const name = test.file ? relative(process.cwd(), test.file) : '';
      files[name] ??= { passed: 0, failed: 0, skipped: 0 };
      files[name][kind]++;
    };
    runner.on('pass', count('passed'));
    runner.on('fail', count('failed'));
    runner.on('pending', count('skipped'));
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      const file = process.env.TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped, files }));
    });
  }
};
