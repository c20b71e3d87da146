/** How a scalar is written, which decides how its text is understood. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'alias';

/** A scalar as it stands in the text: `[start, end)` without quotes, with a block's header, with an alias's `*`. */
export interface Scalar {
  readonly style: ScalarStyle;
  readonly start: number;
  readonly end: number;
  /** The node's tag as written (`!!str`, `!include`), where it has one. */
  readonly tag?: string;
}

export type YamlDefect = 'doesNotParse' | 'tooDeep';

/** Hears what {@link readYaml} finds, in the order of the text. */
export interface YamlSink {
  /** A mapping or a sequence begins, as the value of the last key or as an item. */
  open(kind: 'map' | 'seq'): void;
  close(): void;
  /** A key of the open collection; `undefined` forgets the last one (a key that is no scalar, a next item). */
  key(scalar: Scalar | undefined): void;
  /** A scalar value of the last key, an item, or the document itself. */
  scalar(scalar: Scalar): void;
  /** `&name`, told right before the node that it names. */
  anchor(name: string): void;
  /** A new document of the same file begins. */
  document(): void;
  /** The text is not proper YAML or JSON here; reading goes on. */
  defect(defect: YamlDefect, offset: number): void;
}
