import type { DestinationView } from '@/lib/domain/routing/view';
import type { VersionState } from './version-state';

/** One version of where a routing delivers to; instants are RFC 3339 strings in UTC. */
export interface DestinationVersionView extends DestinationView {
  readonly createdAt: string;
  /** Who made it; null where the reader may not know. */
  readonly createdBy: string | null;
  /** When the access keys of this version were given; null until there are any. */
  readonly accessGivenAt: string | null;
  /** When the access keys of this version were said to be compromised; null while nobody has. */
  readonly compromisedAt: string | null;
  /** Its keys were destroyed. */
  readonly isErased: boolean;
  readonly state: VersionState;
  readonly isInUse: boolean;
  /** When it came into use; null until then. */
  readonly adoptedAt: string | null;
  /** Cuts that were sealed for this version and are not delivered yet: their files still go to its place. */
  readonly openCuts: number;
}
