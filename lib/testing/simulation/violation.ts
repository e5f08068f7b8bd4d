/** A rule that must hold was broken. `about` are the words by which the trace is narrowed down: ids and names. */
export class Violation extends Error {
  override readonly name = 'Violation';

  constructor(
    readonly rule: string,
    detail: string,
    readonly about: readonly string[] = [],
  ) {
    super(`${rule}: ${detail}`);
  }
}
