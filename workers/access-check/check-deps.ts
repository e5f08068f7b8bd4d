import type { BucketInspector } from '@/lib/platform/bucket-inspector/bucket-inspector';
import type { Clock } from '@/lib/platform/clock';
import type { Logger } from '@/lib/platform/logger';
import type {
  ObjectAccess,
  ObjectStore,
  OpenedCredential,
  StoreAnswer,
} from '@/lib/platform/object-store/object-store';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedCheck } from '@/lib/services/access-check/claim';

/** Whose access it is: twelve digits, and the ARN of the user or of the role's session. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** How a role lets us in with the external id of its organization, and whether it lets us in without. */
export interface RoleProofs {
  open(check: ClaimedCheck, role: Role): Promise<StoreAnswer<OpenedCredential>>;
  /** Tries without an external id and with a wrong one; both have to be refused. */
  proveExternalId(check: ClaimedCheck, role: Role): Promise<StoreAnswer<ExternalIdVerdict>>;
}
export type Role = Extract<ClaimedCheck['credential'], { kind: 'role' }>;
export type ExternalIdVerdict = 'compared' | 'not_asked' | 'not_compared';

/** Everything through which a check touches the world. */
export interface CheckDeps {
  readonly sql: Sql;
  readonly store: Pick<ObjectStore, 'putIfAbsent' | 'list' | 'remove'>;
  readonly inspector: BucketInspector;
  /** Throws when the credential cannot be opened. */
  readonly openCredential: (row: SealedCredentialRow) => Promise<OpenedCredential>;
  /** Absent without an AWS identity of ours: then roles cannot be checked. */
  readonly roles?: RoleProofs;
  /** Asks the store's STS who signs; absent where nobody can be asked. */
  readonly identify?: (
    place: { readonly endpoint: string },
    access: ObjectAccess,
    deadlineMs: number,
  ) => Promise<StoreAnswer<CallerIdentity>>;
  /** Our own AWS account, which is nobody's destination; absent while nobody has said which that is. */
  readonly ownAccountId?: string;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly newName: () => string;
  /** How long a worker has a check to itself after its last row. */
  readonly leaseMs: number;
  readonly workerId: string;
  readonly logger: Logger;
}
