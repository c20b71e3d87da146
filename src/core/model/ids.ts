/** A string that was checked once, where it came in, and is trusted from there on. */
export type Brand<Name extends string> = string & { readonly __brand: Name };

/** A Git blob id: SHA-1 over `blob <size>\0<bytes>`, 40 lower-case hex digits. */
export type BlobId = Brand<'BlobId'>;

/** A Git commit id: 40 lower-case hex digits. */
export type CommitId = Brand<'CommitId'>;

/** Identifies an API in `.vscode/apis.json`; a UUID when we make it, any non-empty string when a person does. */
export type ApiId = Brand<'ApiId'>;

const objectId = /^[0-9a-f]{40}$/;

export function isObjectId(text: string): boolean {
  return objectId.test(text);
}

export function asBlobId(text: string): BlobId {
  if (!isObjectId(text)) throw new TypeError(`not a Git object id: ${text.slice(0, 60)}`);
  return text as BlobId;
}

export function asCommitId(text: string): CommitId {
  if (!isObjectId(text)) throw new TypeError(`not a Git commit id: ${text.slice(0, 60)}`);
  return text as CommitId;
}
