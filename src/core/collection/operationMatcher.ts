import { anyMethod, type Operation } from '../definition/operations.ts';
import { percentDecoded } from '../definition/percentDecoded.ts';
import { anything } from './requestPath.ts';

interface Template {
  readonly operation: Operation;
  readonly segments: readonly Segment[];
  readonly bases: readonly (readonly Segment[])[];
  /** Segments without a parameter: of several templates that match, the most literal one is meant. */
  readonly literals: number;
}

/** The texts around parameters: `['', '.json']` is `{name}.json`, and one text alone has none. */
type Segment = readonly string[];

/** Finds operations by method and path. */
export class OperationMatcher {
  private readonly byMethod: ReadonlyMap<string, readonly Template[]>;

  constructor(operations: readonly Operation[]) {
    const byMethod = new Map<string, Template[]>();
    for (const operation of operations) {
      const known = byMethod.get(operation.method);
      if (known === undefined) byMethod.set(operation.method, [templateOf(operation)]);
      else known.push(templateOf(operation));
    }
    this.byMethod = byMethod;
  }

  /** The most literal of those that answer; several where they are equally so. */
  find(method: string, path: readonly string[]): readonly Operation[] {
    const templates = [method, anyMethod].flatMap((each) => this.byMethod.get(each) ?? []);
    const matching = templates.filter((template) => answers(template, path));
    const most = Math.max(...matching.map(({ literals }) => literals));
    return matching.filter(({ literals }) => literals === most).map(({ operation }) => operation);
  }
}

function templateOf(operation: Operation): Template {
  const segments = segmentsOf(operation.path);
  const literals = segments.filter(({ length }) => length === 1).length;
  return { operation, segments, bases: [[], ...operation.bases.map(segmentsOf)], literals };
}

function segmentsOf(path: string): readonly Segment[] {
  return path
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map(segmentOf);
}

/** `{id}`, `{id}.json`, `{id}:activate`, `{from}..{to}`. */
function segmentOf(segment: string): Segment {
  return segment.split(/\{[^{}]*\}/).map(percentDecoded);
}

function answers({ segments, bases }: Template, path: readonly string[]): boolean {
  return bases.some((base) => {
    if (path.length !== base.length + segments.length) return false;
    const isBase = base.every((segment, index) => path[index] === anything || matches(segment, path[index]));
    return isBase && segments.every((segment, index) => matches(segment, path[base.length + index]));
  });
}

/** A parameter has a value of one character or more. The leftmost place of each text will do, so that time is linear. */
function matches([first = '', ...others]: Segment, text: string | undefined): boolean {
  if (text === undefined) return false;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let end = first.length;
  for (const part of others) {
    const found = text.indexOf(part, end + 1);
    if (found < 0) return false;
    end = found + part.length;
  }
  return text.length - last.length > end;
}
