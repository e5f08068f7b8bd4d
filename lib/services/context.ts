import type { Actor } from '@/lib/domain/access/actor';
import type { Db } from '@/lib/platform/db/client';
import type { Sealer } from '@/lib/platform/secret-box/sealer';

/** What every verb gets: who asks, and what the verb may use. Built by lib/auth, or by a test. */
export interface Ctx {
  readonly db: Db;
  readonly actor: Actor;
  readonly sealer: Sealer;
  /** Custom S3 endpoints that the operator allows; AWS ('') is always allowed. */
  readonly allowedEndpoints: readonly string[];
  /** How customers' roles let us in; absent without an AWS identity of ours. */
  readonly roleWay?: RoleWay;
  /** Origins that webhooks may reach though they are plain HTTP or private; absent but in the demo. */
  readonly openOrigins?: readonly string[];
  readonly requestId: string;
}

/** Who customers' roles trust, and whether stores that are not AWS have an STS that knows us. */
export interface RoleWay {
  readonly principalArn: string;
  readonly servesOwnStores: boolean;
}

/** The context of verbs that find out who asks. */
export type AnonymousCtx = Pick<Ctx, 'db'>;
