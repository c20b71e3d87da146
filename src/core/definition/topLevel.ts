import { scalarValue } from './yaml/scalar.ts';
import { readYaml } from './yaml/readYaml.ts';
import type { Scalar, YamlSink } from './yaml/sink.ts';

/** The keys of a YAML or JSON document's outermost mapping; a value that is no scalar is the empty string. */
export function readTopLevel(text: string): ReadonlyMap<string, string> {
  const sink = new TopLevelSink(text);
  readYaml(text, sink);
  return sink.values;
}

class TopLevelSink implements YamlSink {
  readonly values = new Map<string, string>();
  private depth = 0;
  private lastKey: string | undefined;
  private isFirstDocument = true;

  constructor(private readonly text: string) {}

  open(): void {
    this.depth += 1;
  }

  close(): void {
    this.depth -= 1;
  }

  document(): void {
    this.isFirstDocument = this.values.size === 0;
  }

  key(scalar: Scalar | undefined): void {
    if (this.depth !== 1 || !this.isFirstDocument) return;
    this.lastKey = scalar === undefined ? undefined : scalarValue(this.text, scalar);
    if (this.lastKey !== undefined && !this.values.has(this.lastKey)) this.values.set(this.lastKey, '');
  }

  scalar(scalar: Scalar): void {
    if (this.depth !== 1 || !this.isFirstDocument || this.lastKey === undefined) return;
    if (this.values.get(this.lastKey) === '') this.values.set(this.lastKey, scalarValue(this.text, scalar));
  }

  /** Anchors and defects do not change what a document says that it is. */
  anchor(): void {}
  defect(): void {}
}
