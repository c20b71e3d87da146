/**
 * Times the merge of a large collection by structure beside what it cannot do without, reading the three sides and
 * writing one: JSON.parse of each and JSON.stringify, interleaved in one run. Half and double of it tell how the time
 * grows. Run: npx tsx test/bench/merge.bench.ts. Only the ratios say something.
 */
import { stringify } from 'yaml';
import { mergeStructure } from '../../src/core/merge/structure/mergeStructure.ts';
import { median } from './median.ts';

const rounds = 5;
/** Of a request below, as Postman writes it: 1.5, 3 and 6 MB. */
const counts = [1_250, 2_500, 5_000];

interface Sides {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
}

const request = (id: string, description: string): object => ({
  name: `Request ${id}`,
  id,
  event: [
    { listen: 'test', script: { exec: ['pm.test("is there", () => {', '\tpm.response.to.have.status(200);', '});'] } },
  ],
  request: {
    method: 'GET',
    header: [{ key: 'Accept', value: 'application/json' }],
    url: { raw: `{{base}}/things/${id}`, host: ['{{base}}'], path: ['things', id] },
    description,
  },
  response: [{ id: `${id}-ok`, name: 'OK', status: 'OK', code: 200, header: [], body: '{"id": 1}' }],
});

/** Both describe every tenth request, mine another than theirs, and add one at the end. */
function collections(count: number, write: (data: object) => string): Sides {
  const side = (who: string, digit: number): string => {
    const items = Array.from({ length: count }, (_, index) =>
      request(`r${index}`, index % 10 === digit ? `As ${who} has it` : 'One thing'),
    );
    return write({
      info: { _postman_id: 'c', name: 'Things' },
      item: digit < 0 ? items : [...items, request(who, 'New')],
    });
  };
  return { base: side('base', -1), mine: side('mine', 3), theirs: side('theirs', 7) };
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function measure(format: 'json' | 'yaml', { base, mine, theirs }: Sides): string {
  const sides = [base, mine, theirs].map((text) => new TextEncoder().encode(text)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const [merges, floors]: [number[], number[]] = [[], []];
  const plain = [base, mine, theirs].map((text) => (format === 'json' ? text : undefined));
  for (let round = 0; round <= rounds; round += 1) {
    const merge = timed(() => {
      if (mergeStructure(format, ...sides)?.kind !== 'clean') throw new Error('The sides were not joined');
    });
    const floor = timed(() => plain.map((text) => text && JSON.stringify(JSON.parse(text) as object, undefined, '\t')));
    // The first one warms up.
    if (round === 0) continue;
    merges.push(merge);
    floors.push(floor);
  }
  const size = `${(mine.length / 1_000_000).toFixed(1)} MB of ${format}: merge ${median(merges).toFixed(0)} ms`;
  if (format !== 'json') return size;
  return `${size}, parse and stringify of its sides ${median(floors).toFixed(0)} ms: ${(median(merges) / median(floors)).toFixed(1)} times as long`;
}

for (const count of counts)
  console.log(
    measure(
      'json',
      collections(count, (data) => JSON.stringify(data, undefined, '\t')),
    ),
  );
for (const count of [625, 1_250])
  console.log(
    measure(
      'yaml',
      collections(count, (data) => stringify(data, { lineWidth: 0 })),
    ),
  );
