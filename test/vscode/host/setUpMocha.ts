// The browser's build of mocha is one file without dynamic imports: it runs in the Node host and in the web worker.
import 'mocha/mocha.js';

mocha.setup({ ui: 'bdd', timeout: 90_000, reporter: class {} as unknown as Mocha.ReporterConstructor });
