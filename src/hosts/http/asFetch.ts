import type { Fetch } from '../../ports/http.ts';
import type { HttpAnswer, HttpMethod, HttpRequest } from './httpMessages.ts';

/** What a client library sets for itself, and we for it; a browser would ask the server whether it may be sent. */
const notOurs = new Set(['authorization', 'user-agent']);

/** A `fetch` for client libraries: whatever they ask goes through `send`. */
export function asFetch(send: (request: HttpRequest) => Promise<HttpAnswer>): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const headers = Object.fromEntries([...request.headers].filter(([name]) => !notOurs.has(name)));
    const body = new Uint8Array(await request.arrayBuffer());
    const answer = await send({
      method: request.method as HttpMethod,
      url: request.url,
      accept: headers['accept'] ?? 'application/json',
      headers,
      ...(body.length === 0 ? {} : { body }),
    });
    return responseOf(answer);
  };
}

function responseOf(answer: HttpAnswer): Response {
  const isEmpty = [204, 205, 304].includes(answer.status);
  const response = new Response(isEmpty ? null : (answer.bytes as Uint8Array<ArrayBuffer>), {
    status: answer.status,
    headers: answer.headers,
  });
  Object.defineProperty(response, 'url', { value: answer.url });
  return response;
}
