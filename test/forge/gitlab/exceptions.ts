import type { ApiException } from '../http/apiDescription.ts';

/** Where the description of GitLab is wrong about requests of ours. */
export const exceptions: readonly ApiException[] = [];
