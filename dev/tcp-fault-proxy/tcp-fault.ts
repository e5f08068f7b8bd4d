export type Direction = 'to-target' | 'to-client';

/** What goes wrong on the way; absent = that does not. Kinds combine, and a change reaches open connections. */
export interface TcpFault {
  /** Added to every byte, each way. Bytes queue; they do not wait for one another. */
  readonly latencyMs?: number;
  /** Rate of each direction of each connection. */
  readonly bytesPerSecond?: number;
  /** Resets a connection when this many bytes have passed in the direction, counted since it was opened. */
  readonly cutAfter?: { readonly direction: Direction; readonly bytes: number };
  /** Nothing passes, in the direction or in both, and nothing is said; what was sent goes on when the fault ends. */
  readonly blackHole?: boolean | Direction;
  /** New connections are reset at once. */
  readonly refuse?: boolean;
}
