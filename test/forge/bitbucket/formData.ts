/** One part of a `multipart/form-data` body. */
export interface FormDataPart {
  readonly name: string;
  /** Absent: a field, not a file. */
  readonly fileName: string | undefined;
  readonly attributes: string | undefined;
  readonly content: Buffer;
}

/** RFC 7578, names escaped as https://html.spec.whatwg.org/#multipart-form-data says. @throws Error for anything else. */
export function parseFormData(type: string, body: Buffer): readonly FormDataPart[] {
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]+)"?$/i.exec(type)?.[1];
  if (boundary === undefined) throw new Error(`no multipart/form-data: ${type}`);
  const parts: FormDataPart[] = [];
  let at = body.indexOf(`--${boundary}`);
  if (at !== 0) throw new Error('the body does not begin with its boundary');
  for (;;) {
    at += boundary.length + 2;
    const after = body.toString('latin1', at, at + 2);
    if (after === '--') return parts;
    if (after !== '\r\n') throw new Error('a boundary is not followed by a line end');
    const headEnd = body.indexOf('\r\n\r\n', at);
    const next = body.indexOf(`\r\n--${boundary}`, headEnd + 2);
    if (headEnd < 0 || next < 0) throw new Error('a part has no end');
    parts.push(partOf(body.toString('utf8', at + 2, headEnd), body.subarray(headEnd + 4, next)));
    at = next + 2;
  }
}

function partOf(head: string, content: Buffer): FormDataPart {
  const headers = new Map(head.split('\r\n').map((line) => headerOf(line)));
  const disposition = headers.get('content-disposition') ?? '';
  if (!disposition.startsWith('form-data;')) throw new Error(`a part is not form-data: ${disposition}`);
  const parameters = new Map<string, string>();
  const rest = disposition.slice('form-data'.length);
  let end = 0;
  for (const match of rest.matchAll(/;\s*([\w-]+)="([^"]*)"/gy)) {
    parameters.set(match[1]!, match[2]!);
    end = match.index + match[0].length;
  }
  if (end !== rest.length) throw new Error(`a part's disposition is broken: ${disposition}`);
  const name = parameters.get('name');
  if (name === undefined) throw new Error('a part has no name');
  const fileName = parameters.get('filename');
  return {
    name: unescaped(name),
    fileName: fileName === undefined ? undefined : unescaped(fileName),
    attributes: parameters.get('x-attributes'),
    content,
  };
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  if (colon < 0) throw new Error(`a part's header is broken: ${line}`);
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function unescaped(text: string): string {
  return text.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}
