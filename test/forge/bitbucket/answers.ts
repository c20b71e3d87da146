import type { ForgeReply, ForgeRequest } from '../http/forge.ts';

export function problem(status: number, message: string, more: object = {}): ForgeReply {
  return { status, body: { type: 'error', error: { message, ...more } } };
}

/** One object, cut down to what `fields` asks for. */
export function one(request: ForgeRequest, body: object, status = 200): ForgeReply {
  return { status, body: withFields(body, request.url.searchParams.get('fields')) };
}

export interface PageLimits {
  readonly most: number;
  /** Whole lists at most so long, whatever was asked for. */
  readonly forced: number | undefined;
}

/** A page of a list; the next one is told as a whole address. */
export function page(request: ForgeRequest, origin: string, items: readonly object[], limits: PageLimits): ForgeReply {
  const { searchParams } = request.url;
  const asked = Number(searchParams.get('pagelen') ?? 10);
  if (!(asked >= 1 && asked <= limits.most)) return problem(400, 'Invalid pagelen');
  const length = Math.min(asked, limits.forced ?? asked);
  const number = Number(searchParams.get('page') ?? 1);
  const values = items.slice((number - 1) * length, number * length);
  const next = new URL(request.url.pathname + request.url.search, origin);
  next.searchParams.set('page', String(number + 1));
  const isLast = number * length >= items.length;
  const body = { values, pagelen: length, size: items.length, page: number, ...(isLast ? {} : { next: next.href }) };
  return one(request, body);
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/intro/#partial-response, without `+` and `-`. */
function withFields(body: object, fields: string | null): object {
  if (fields === null) return body;
  const paths = fields.split(',').map((field) => field.split('.'));
  return picked(body, paths) as object;
}

function picked(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item) => picked(item, paths));
  if (typeof value !== 'object' || value === null) return value;
  const names = new Set(paths.map(([name]) => name!));
  const kept = Object.entries(value).filter(([name]) => names.has(name));
  return Object.fromEntries(
    kept.map(([name, own]) => [
      name,
      picked(
        own,
        paths.filter(([first]) => first === name).map((path) => path.slice(1)),
      ),
    ]),
  );
}
