'use strict';

const { appendFileSync } = require('node:fs');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

/** As much of spdlog as VS Code uses. */
class Logger {
  #file;
  #level = levels.indexOf('info');

  constructor(_type, _name, file) {
    this.#file = file;
    appendFileSync(file, '');
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  write(level, message) {
    if (level >= this.#level) appendFileSync(this.#file, `[${levels[level]}] ${message}\n`);
  }

  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}

for (const [level, name] of levels.entries()) {
  Logger.prototype[name] = function (message) {
    this.write(level, message);
  };
}

module.exports = { version: 1, setLevel() {}, setFlushOn() {}, Logger };
