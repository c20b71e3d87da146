/** Waits until typing pauses; a newer wait ends the older one without running it. */
export interface Pause {
  run(action: () => void): void;
}
