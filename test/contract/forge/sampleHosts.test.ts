import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { makeSample } from '../../sample/makeSample.ts';
import { startSampleHosts } from '../../sample/sampleHosts.ts';
import type { SampleHost } from '../../sample/hosts/sampleHost.ts';
import { describeHosts } from '../../workbench/describeHosts.ts';

describe('The hosts of npm start', () => {
  let folder: string;
  let running: readonly SampleHost[] = [];

  const start = async (): Promise<readonly SampleHost[]> => {
    const sample = await makeSample(folder);
    running = await startSampleHosts(sample.repository, path.join(folder, 'hosts'));
    return running;
  };
  const stop = async (): Promise<void> => {
    for (const host of running) await host.stop();
    running = [];
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sample-hosts-'));
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  it('have what was there at the last start at the same addresses, and other tokens', async () => {
    const first = await start();
    const heads = first.map(({ bare }) => bare.push('main', { 'new.md': 'new' }));
    await stop();
    const second = await start();
    assert.equal(new Set(heads.map(String)).size, 1, 'every host has the same sample');
    assert.deepEqual(
      second.map(({ label, server, bare }) => [label, server, bare.head('main')]),
      first.map(({ label, server }, index) => [label, server, heads[index]]),
    );
    const tokens = [...first, ...second].flatMap(({ tokens: { writing, reading } }) => [writing, reading]);
    assert.equal(new Set(tokens).size, tokens.length);
  });

  it('are told to people with all that they have to type', async () => {
    const hosts = running.length > 0 ? running : await start();
    const text = describeHosts(hosts);
    for (const { label, server, tokens, address } of hosts) {
      for (const part of [label, server, tokens.writing, tokens.reading, address]) {
        assert.ok(text.includes(part), part);
      }
    }
    assert.ok(text.includes('ada@acme.example'));
  });
});
