import type { SampleHost } from '../sample/hosts/sampleHost.ts';

/** What a person types to sign in to each of the hosts and to find the sample there. */
export function describeHosts(hosts: readonly SampleHost[]): string {
  return `  These hosts have it too. They are stand-ins on this computer; each has a token that may write and one that may
  only read, good until this ends. Connect Repository: choose the host, paste the address, and take the offer to
  use a token. (With “APIs: Use Access Token…” and the server first, the form lists what there is.)

${hosts.map(describe).join('\n')}`;
}

function describe({ label, server, email, tokens, address }: SampleHost): string {
  const lines = [
    ['address', address],
    ['server', server],
    ...(email === undefined ? [] : [['e-mail', email]]),
    ['token', tokens.writing],
    ['read-only', tokens.reading],
  ];
  return `    ${label}\n${lines.map(([name = '', value]) => `      ${name.padEnd(12)}${value}\n`).join('')}`;
}
