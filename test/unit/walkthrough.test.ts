import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { commands, contextKeys } from '../../src/vscode/contributions.ts';

interface Step {
  readonly id: string;
  readonly media: { readonly svg: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly contributes: {
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Manifest;
const nls = readFileSync(new URL('package.nls.json', root), 'utf8');
const { walkthroughs } = manifest.contributes;
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

describe('walkthrough', () => {
  it('is one, of at most four steps, and the welcome text leads to it', () => {
    assert.equal(walkthroughs.length, 1);
    assert.ok(steps.length > 0 && steps.length <= 4);
    const id = `${manifest.publisher}.${manifest.name}#${walkthroughs[0]?.id ?? ''}`;
    assert.ok(nls.includes(`workbench.action.openWalkthrough?${encodeURIComponent(JSON.stringify([id]))}`), id);
  });

  it('ticks each step off by a command or a context key of ours', () => {
    const events = [
      ...Object.values(commands).map((id) => `onCommand:${id}`),
      ...Object.values(contextKeys).map((key) => `onContext:${key}`),
    ];
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) assert.ok(events.includes(event), `${event} in ${id}`);
    }
  });

  it('shows in each step a picture in the colours of the theme', () => {
    for (const { media } of steps) {
      assert.ok(existsSync(new URL(media.svg, root)), media.svg);
      const picture = readFileSync(new URL(media.svg, root), 'utf8');
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour ?? '');
      for (const colour of colours) assert.match(colour, /^(none|var\(--vscode-)/, media.svg);
    }
  });
});
