/**
 * Bytes of requests in flight. Unlike a budget that makes callers wait, this one refuses: the client keeps the
 * events and tries again. Once half of it is full, no workspace gets more than its share.
 */
export class IntakeBudget {
  private inUse = 0;
  private readonly byWorkspace = new Map<string, number>();

  constructor(private readonly capacityBytes: number) {}

  get bytesInUse(): number {
    return this.inUse;
  }

  fits(workspaceId: string, bytes: number): boolean {
    const total = this.inUse + bytes;
    if (total <= this.capacityBytes / 2) return true;
    if (total > this.capacityBytes) return false;
    const own = this.byWorkspace.get(workspaceId) ?? 0;
    const active = this.byWorkspace.size + (own === 0 ? 1 : 0);
    // One share stays free, so that a workspace that was silent until now finds room.
    return own + bytes <= this.capacityBytes / (active + 1);
  }

  /** False when it does not fit; nothing is taken then. */
  take(workspaceId: string, bytes: number): boolean {
    if (!this.fits(workspaceId, bytes)) return false;
    this.add(workspaceId, bytes);
    return true;
  }

  /** Takes bytes of work that is already admitted, whether they fit or not. */
  add(workspaceId: string, bytes: number): void {
    this.inUse += bytes;
    this.byWorkspace.set(workspaceId, (this.byWorkspace.get(workspaceId) ?? 0) + bytes);
  }

  release(workspaceId: string, bytes: number): void {
    const own = (this.byWorkspace.get(workspaceId) ?? 0) - bytes;
    this.inUse -= bytes;
    if (own > 0) this.byWorkspace.set(workspaceId, own);
    else this.byWorkspace.delete(workspaceId);
  }
}
