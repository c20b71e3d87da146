import type { ApiNode } from '../../app/apiNode.ts';
import { ChangeState } from './changeState.ts';
import type { MarkedItem } from './groupItems.ts';

/**
 * The rows of one group, where a row that still says the same stays the same object. VS Code compares the arguments of
 * a row's command by identity: rows that are made anew are drawn anew, which takes a click, and a menu that is open on
 * one of them is about a row that is gone, so that what is chosen in it does nothing.
 */
export class ChangeRows {
  private rows: readonly ChangeState[] = [];

  /** Replaces the rows by those of `items`. */
  show(node: ApiNode, items: readonly MarkedItem[]): ChangeState[] {
    const known = new Map(this.rows.map((row) => [row.item.path, row]));
    const rows = items.map((marked) => {
      const fresh = new ChangeState(node, marked.item, marked.mark);
      const before = known.get(marked.item.path);
      return before?.follow(fresh) === true ? before : fresh;
    });
    this.rows = rows;
    return rows;
  }
}
