import type { ForgeReply } from '../http/forgeRoute.ts';

/** A refusal in GitLab's form. */
export function problem(status: number, message: string | object): ForgeReply {
  return { status, body: { message } };
}

export function notFound(what: string): ForgeReply {
  return problem(404, `404 ${what} Not Found`);
}

/** What a path that a version does not have is answered with. */
export const noSuchPath: ForgeReply = { status: 404, body: { error: '404 Not Found' } };

export const unauthorized: ForgeReply = problem(401, '401 Unauthorized');

export function forbidden(why?: string): ForgeReply {
  return problem(403, why === undefined ? '403 Forbidden' : `403 Forbidden - ${why}`);
}
