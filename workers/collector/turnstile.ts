/** Lets tasks through one at a time, in order of arrival. */
export class Turnstile {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.last.then(task);
    this.last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
