/** The platform's own `fetch`: VS Code's knows the person's proxy and certificates. */
export type Fetch = typeof globalThis.fetch;
