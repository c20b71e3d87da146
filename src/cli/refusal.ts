/** What was asked for cannot be done; the message is a whole sentence for the person. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
}

/** The arguments mean nothing. */
export class UsageError extends Refusal {
  override readonly name = 'UsageError';
}
