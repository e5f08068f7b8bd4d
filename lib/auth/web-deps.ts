import { connectionBudget } from '@/lib/platform/connection-budget';
import { createDb, type Db } from '@/lib/platform/db/client';
import { type Env, parseEnv } from '@/lib/platform/env';
import { createLogger, type Logger } from '@/lib/platform/logger';
import { sealerOf } from '@/lib/platform/secret-box/seal-keys';
import type { Sealer } from '@/lib/platform/secret-box/sealer';
import type { RoleWay } from '@/lib/services/context';
import { type WebAddress, webAddress } from './web-address';

/** What the web process holds for all requests. */
export interface WebDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly allowedEndpoints: readonly string[];
  /** Origins that webhooks may reach though they are plain HTTP or private; none but in the demo. */
  readonly openOrigins: readonly string[];
  /** Absent where access by role is off. */
  readonly roleWay?: RoleWay;
  readonly logger: Logger;
  readonly address: WebAddress;
  readonly sessionSecret: string;
  /** As customers know the vendor; null where the operator has not said. */
  readonly vendorName: string | null;
  /** Lets Prometheus in; null where the operator has set none. */
  readonly metricsToken: string | null;
  /** For ready-made commands; null where the operator has not named it. */
  readonly collectorUrl: string | null;
}

const SLOT = Symbol.for('sluice.web-deps');

/** Built from the environment once per process, at the first request; throws naming every setting that is missing. */
export function webDeps(): WebDeps {
  // Pages, actions and routes are bundled apart, so a module variable would hold one pool for each of them.
  const slots: Record<symbol, WebDeps | undefined> = globalThis as never;
  slots[SLOT] ??= build();
  return slots[SLOT];
}

function build(): WebDeps {
  const env = parseEnv();
  const address = required('NEXTAUTH_URL', env.NEXTAUTH_URL);
  return {
    db: createDb({ databaseUrl: env.DATABASE_URL, connectionsMax: connectionBudget('web', 'postgres').pool }),
    sealer: sealerOf(env),
    allowedEndpoints: listOf(env.SLUICE_S3_ENDPOINTS),
    openOrigins: env.SLUICE_MODE === 'demo' ? listOf(env.SLUICE_OUTBOUND_ORIGINS) : [],
    ...readRoleWay(env),
    logger: createLogger('web', env.LOG_LEVEL),
    address: webAddress(address),
    sessionSecret: required('NEXTAUTH_SECRET', env.NEXTAUTH_SECRET),
    vendorName: env.SLUICE_VENDOR_NAME ?? null,
    metricsToken: env.SLUICE_METRICS_TOKEN ?? null,
    collectorUrl: env.SLUICE_COLLECTOR_URL ?? null,
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readRoleWay(env: Env): { roleWay?: RoleWay } {
  const principalArn = env.SLUICE_AWS_PRINCIPAL_ARN;
  return principalArn === undefined
    ? {}
    : { roleWay: { principalArn, servesOwnStores: env.SLUICE_MODE === 'demo' } };
}

function required(name: string, value: string | undefined): string {
  if (value === undefined)
    throw new Error(`${name} is not set: web does not work without it. See .env.example.`);
  return value;
}
