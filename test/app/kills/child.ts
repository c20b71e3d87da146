/** `node child.mjs <place> <remote> <operation> <after>`: kills itself once `after` calls of ports have come back. */
import { writeSync } from 'node:fs';
import { Window, type Operation } from './window.ts';

const [place = '', remote = '', operation = 'pull', after = '0'] = process.argv.slice(2);

let left = Number(after);
let isCounting = false;
function passed(call: string): void {
  if (!isCounting) return;
  writeSync(1, `${call}\n`);
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
}

const window = new Window(place, remote, passed);
await window.start();
isCounting = true;
writeSync(1, 'started\n');
await window.run(operation as Operation);
window.close();
