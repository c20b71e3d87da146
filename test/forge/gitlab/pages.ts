import type { ForgeReply, ForgeRequest } from '../http/forgeRoute.ts';
import type { Instance } from './instance.ts';

/** A page of a list by its number, with the links and numbers that GitLab sends along. */
export function page(instance: Instance, request: ForgeRequest, all: readonly object[]): ForgeReply {
  const { searchParams } = request.url;
  const size = sizeOf(instance, request);
  const number = Number(searchParams.get('page') ?? 1);
  const items = all.slice((number - 1) * size, number * size);
  const hasMore = number * size < all.length;
  return {
    status: 200,
    headers: {
      'x-page': String(number),
      'x-per-page': String(size),
      'x-next-page': hasMore ? String(number + 1) : '',
      link: [
        link(request, { page: '1' }, 'first'),
        ...(hasMore ? [link(request, { page: String(number + 1) }, 'next')] : []),
      ].join(', '),
    },
    body: items,
  };
}

/** A page of a list by the last item of the one before. */
export function keysetPage(
  instance: Instance,
  request: ForgeRequest,
  all: readonly object[],
  keyOf: (item: object) => string,
): ForgeReply {
  const token = request.url.searchParams.get('page_token');
  const start = token === null ? 0 : all.findIndex((item) => keyOf(item) === token) + 1;
  const items = all.slice(start, start + sizeOf(instance, request));
  const last = items.at(-1);
  const hasMore = start + items.length < all.length;
  const next = hasMore && last !== undefined ? { link: link(request, { page_token: keyOf(last) }, 'next') } : {};
  return { status: 200, headers: next, body: items };
}

function sizeOf({ pageSize }: Instance, { url }: ForgeRequest): number {
  return pageSize || Math.min(100, Number(url.searchParams.get('per_page') ?? 20));
}

function link({ url }: ForgeRequest, changed: Readonly<Record<string, string>>, relation: string): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(changed)) target.searchParams.set(name, value);
  return `<${target.href}>; rel="${relation}"`;
}
