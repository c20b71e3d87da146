import { register } from 'node:module';

/** The few words of `vscode` that text needs; everything else runs in a real extension host, in test/vscode. */
const stub = `
export const l10n = {
  t: (text, ...args) => text.replace(/\\{(\\d+)\\}/g, (_, index) => {
    if (!(index in args)) throw new Error('no argument ' + index + ' for: ' + text);
    return String(args[index]);
  }),
};
export const ProgressLocation = { Notification: 15 };
export const UIKind = { Desktop: 1, Web: 2 };
export class ThemeIcon {}
export class Uri {}
export const QuickInputButtons = {};
// Empty until a test says what they do.
export const authentication = {};
export const env = {};
export const window = {};
export const workspace = {};
`;

const hook = `
const stub = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(stub)}`)};
export const resolve = (specifier, context, next) =>
  specifier === 'vscode' ? { url: stub, shortCircuit: true } : next(specifier, context);
`;

/** Lets the modules that are imported after this call find `vscode`. */
export function useVscodeStub(): void {
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
