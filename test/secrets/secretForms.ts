/** A way in which a secret can be written. */
export interface SecretForm {
  readonly form: string;
  readonly kind: 'as it is' | 'in JSON' | 'in an address' | 'base64';
}

/** Fewer characters are found by chance, in base64 above all. */
const shortest = 8;

/**
 * A secret as it is and as it travels.
 *
 * @throws Error for one so short that it would be found where it is not.
 */
export function formsOf(secret: string): readonly SecretForm[] {
  if (secret.length < shortest) throw new Error(`A secret of less than ${shortest} characters cannot be looked for`);
  const form = new URLSearchParams({ secret }).toString().slice('secret='.length);
  const base64 = [0, 1, 2].map((offset) => base64At(secret, offset));
  const all: readonly SecretForm[] = [
    ...bytesToo(secret).map((form) => ({ form, kind: 'as it is' }) as const),
    ...bytesToo(JSON.stringify(secret).slice(1, -1)).map((form) => ({ form, kind: 'in JSON' }) as const),
    ...[encodeURIComponent(secret), form].map((form) => ({ form, kind: 'in an address' }) as const),
    ...base64.flatMap((form) => [form, urlSafe(form)]).map((form) => ({ form, kind: 'base64' }) as const),
  ];
  return [...new Map(all.toReversed().map((each) => [each.form, each])).values()].toReversed();
}

/** As a text has it, and as the bytes of a file do. */
function bytesToo(text: string): readonly string[] {
  return [text, Buffer.from(text).toString('latin1')];
}

/** What base64 makes of it after so many other bytes (`user:`), without the ends that the others have a part in. */
function base64At(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
