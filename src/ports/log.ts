/** Lines for the output channel. Callers never pass a token, a body or a file's contents. */
export interface Log {
  trace(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
