export interface Disposable {
  dispose(): void;
}

/** Structurally VS Code's own `Event`, so that both sides subscribe alike. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** A listener that throws does not keep the others from hearing; its error reaches `onError`. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => unknown>();

  constructor(private readonly onError: (error: unknown) => void = rethrowLater) {}

  readonly event: Event<T> = (listener) => {
    const own = (value: T): unknown => listener(value);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Disposes what it holds, last first. What is added after that is disposed at once: async code cannot leak. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  dispose(): void {
    this.disposed = true;
    for (let item = this.items.pop(); item !== undefined; item = this.items.pop()) item.dispose();
  }
}
