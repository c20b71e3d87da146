/** Until when a host wants to hear no more, of anything or of what counts to one of its limits (clock's milliseconds). */
export class Pauses {
  readonly #until = new Map<string | undefined, number>();

  /** `limit` absent: whatever is asked. */
  add(until: number, limit?: string): void {
    this.#until.set(limit, Math.max(until, this.#until.get(limit) ?? 0));
  }

  until(limit: string | undefined): number {
    return Math.max(this.#until.get(undefined) ?? 0, this.#until.get(limit) ?? 0);
  }

  clear(): void {
    this.#until.clear();
  }
}
