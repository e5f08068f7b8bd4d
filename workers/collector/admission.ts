import { overloaded } from './collection-error';
import type { IntakeBudget } from './intake-budget';

/** The bytes that one request holds of the intake budget. */
export class Admission {
  private heldBytes = 0;

  constructor(
    private readonly budget: IntakeBudget,
    private readonly workspaceId: string,
  ) {}

  /** Refuses a request of which it is known beforehand that it does not fit; holds nothing yet. */
  foresee(bytes: number): void {
    if (!this.budget.fits(this.workspaceId, bytes)) throw full();
  }

  /** Holds these bytes, or refuses the request. */
  admit(bytes: number): void {
    if (!this.budget.take(this.workspaceId, bytes)) throw full();
    this.heldBytes += bytes;
  }

  /** Holds exactly these bytes from now on; work that is admitted is never refused any more. */
  hold(bytes: number): void {
    if (bytes > this.heldBytes) this.budget.add(this.workspaceId, bytes - this.heldBytes);
    else this.budget.release(this.workspaceId, this.heldBytes - bytes);
    this.heldBytes = bytes;
  }

  release(): void {
    this.hold(0);
  }
}

function full(): Error {
  return overloaded('Too many bytes are in flight.');
}
