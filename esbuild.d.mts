import type { BuildOptions } from 'esbuild';

/** Builds everything that the extension ships with; returns the size in bytes of each file. */
export function build(options: { readonly production: boolean }): Promise<Readonly<Record<string, number>>>;

/** How each part is built: for Node, for the web, for the form. */
export function bundles(options: { readonly production: boolean }): readonly BuildOptions[];
