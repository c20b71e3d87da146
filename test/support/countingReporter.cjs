'use strict';

const { reporters } = require('mocha');
const { writeFileSync } = require('node:fs');

/** Mocha's spec reporter, which also writes its counts to the file named by `TEST_COUNTS`. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      const file = process.env.TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
    });
  }
};
