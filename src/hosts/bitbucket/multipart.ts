import { joinedBytes } from '../http/joinedBytes.ts';

const encoder = new TextEncoder();

/** One part of a form: a field, or a file when it has a name of its own. */
export interface FormPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly file?: { readonly name: string; readonly attributes?: string };
}

export interface Form {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * A `multipart/form-data` body (RFC 7578) by hand: no `FormData` can say `x-attributes`, and it would turn line feeds
 * of fields into CR LF. Names are written as browsers do.
 */
export function multipartForm(parts: readonly FormPart[], random: () => number): Form {
  const boundary = `----ApiSourceControl${Array.from({ length: 4 }, () => digits(random)).join('')}`;
  const chunks: Uint8Array[] = [];
  for (const { name, content, file } of parts) {
    const attributes = file?.attributes === undefined ? '' : `; x-attributes="${file.attributes}"`;
    const fileName = file === undefined ? '' : `; filename="${escaped(file.name)}"`;
    const type = file === undefined ? '' : 'Content-Type: application/octet-stream\r\n';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${fileName}${attributes}\r\n${type}\r\n`;
    chunks.push(
      encoder.encode(head),
      typeof content === 'string' ? encoder.encode(content) : content,
      encoder.encode('\r\n'),
    );
  }
  chunks.push(encoder.encode(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: joinedBytes(chunks) };
}

/** A name that would come out as another one: what it holds is what browsers write for a quote or a line end. */
export function isAmbiguousName(name: string): boolean {
  return /%(?:22|0a|0d)/i.test(name);
}

/** https://html.spec.whatwg.org/#multipart-form-data: just these three. */
function escaped(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function digits(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
