import { BlockReader } from './blockReader.ts';
import type { YamlSink } from './sink.ts';

/**
 * Reads YAML or JSON in one pass and tells `sink` what is there. It never gives up: where the text is broken,
 * the defect is told and reading goes on with what looks like structure. Time is linear in the text's length;
 * memory is linear in its depth, up to `limits.nesting`. Aliases are told, never expanded.
 */
export function readYaml(text: string, sink: YamlSink): void {
  new BlockReader(text, sink).read();
}
