import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAmbiguousName, multipartForm, type FormPart } from '../../../../src/hosts/bitbucket/multipart.ts';
import { parseFormData } from '../../../forge/bitbucket/formData.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !isAmbiguousName(text));

describe('a form of Bitbucket', () => {
  it('says what browsers would, and the attributes that they cannot', () => {
    const bytes = Uint8Array.of(0, 13, 10, 255);
    const parts: FormPart[] = [
      { name: 'message', content: 'Größer\nsecond line' },
      { name: '/a"b\n.sh', content: bytes, file: { name: 'a"b\n.sh', attributes: 'executable' } },
    ];
    const form = multipartForm(parts, () => 0.5);
    const boundary = '----ApiSourceControl80000000800000008000000080000000';
    assert.equal(form.type, `multipart/form-data; boundary=${boundary}`);
    const expected = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="message"\r\n\r\nGrößer\nsecond line\r\n`),
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="/a%22b%0A.sh"; filename="a%22b%0A.sh"; x-attributes="executable"\r\n` +
          'Content-Type: application/octet-stream\r\n\r\n',
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    assert.deepEqual(Buffer.from(form.bytes), expected);
  });

  it('names and escapes as the platform’s own FormData does', async () => {
    // A line feed alone it makes CR LF, which would be another name.
    const odd = 'dir/q"uo\r\nte ü 🎉 100%.yaml';
    const own = new FormData();
    own.append(odd, new Blob(['x']), 'x');
    const theirs = Buffer.from(await new Response(own).arrayBuffer()).toString();
    const ours = Buffer.from(
      multipartForm([{ name: odd, content: 'x', file: { name: 'x' } }], () => 0).bytes,
    ).toString();
    const line = (body: string) => /^Content-Disposition: .*$/m.exec(body)?.[0].trimEnd();
    assert.equal(line(ours), line(theirs));
  });

  it('comes out as it went in, whatever is in it', () => {
    const part = fc.record({ name, content: fc.uint8Array(), executable: fc.boolean() });
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 0, max: 2 ** 31 }), (parts, seed) => {
        const form = multipartForm(
          parts.map(({ executable, ...own }) => {
            return { ...own, file: { name: own.name, ...(executable ? { attributes: 'executable' } : {}) } };
          }),
          () => seed / 2 ** 32,
        );
        const read = parts.length === 0 ? [] : parseFormData(form.type, Buffer.from(form.bytes));
        assert.deepEqual(
          read.map((one) => ({
            name: one.name,
            content: new Uint8Array(one.content),
            executable: one.attributes !== undefined,
          })),
          parts.map((one) => ({ ...one, content: new Uint8Array(one.content) })),
        );
      }),
    );
  });
});
