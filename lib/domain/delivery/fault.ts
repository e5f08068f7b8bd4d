/** What an answer other than success means for delivery. */
export type Fault =
  /** The key is taken: by our own earlier write or by a stranger. Look before deciding. */
  | { readonly kind: 'exists' }
  /** Nobody's fault that lasts: the same key and bytes again later. */
  | { readonly kind: 'retry'; readonly pace: 'quick' | 'slow_down' }
  /** Fewer or other bytes arrived than were sent: the wire's fault, unless it happens over and over. */
  | { readonly kind: 'garbled'; readonly cause: string }
  /** Access or place is gone until the customer acts; certain at the first hit. */
  | { readonly kind: 'blocked'; readonly cause: string }
  /** A refusal without a reason: blocked once it has been confirmed. */
  | { readonly kind: 'denied' }
  /** S3 disagrees with our clock; says nothing about the customer. */
  | { readonly kind: 'clock' }
  /** An answer nobody foresaw: stand still until a person has looked. */
  | { readonly kind: 'hold'; readonly cause: string };
