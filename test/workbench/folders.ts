import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: every other path is built from it. */
export const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where what this project downloads for its tests is kept, the way `@vscode/test-electron` does it. */
export const downloadsFolder = path.join(projectFolder, '.vscode-test');

/** Where the sample of `npm start` is kept between two starts. */
export const sampleFolder = path.join(projectFolder, '.sample');
