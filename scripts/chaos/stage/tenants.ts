import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DataType } from '@/lib/domain/data-type';
import type { Db } from '@/lib/platform/db/client';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import { createApiKey } from '@/lib/services/api-key/create';
import type { Ctx } from '@/lib/services/context';
import { createOrganization } from '@/lib/services/organization/create';
import { createRouting } from '@/lib/services/routing/create';
import { startRouting } from '@/lib/services/routing/start';
import { createWorkspace } from '@/lib/services/workspace/create';
import { BUCKET, REGION, type StandInProcess } from './stand-in';

export interface ChaosWorkspace {
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly serverKey: string;
  /** Of the organization's own way to S3. */
  readonly endpoint: string;
}

export interface ChaosRouting {
  readonly routingId: string;
  readonly name: string;
  readonly workspace: ChaosWorkspace;
  readonly dataTypes: readonly DataType[];
  /** All when empty. */
  readonly eventNames: readonly string[];
  /** Everything of the routing lies below it, also after edits of its prefix. */
  readonly root: string;
  readonly kmsKeyArn: string;
  /** Changes when its access is rotated. */
  accessKeyId: string;
  /** Born to be disabled: other verbs leave it alone, its access and its bucket suffer like all. */
  readonly isLeaver: boolean;
  /** Set when it is disabled for the first time; epoch ms of this process. */
  ending: { readonly askedAtMs: number; decidedAtMs: number | null } | null;
}

/** Those that nobody disables. */
export function staying({ routings }: { readonly routings: readonly ChaosRouting[] }): ChaosRouting[] {
  return routings.filter(({ isLeaver }) => !isLeaver);
}

export const KMS_KEY_ARN = `arn:aws:kms:${REGION}:123456789012:key/4f2a9e1c-7b3d-4c58-9a60-1d2e3f405162`;
export const PROMISE_SECONDS = 60;
const FLUSH_INTERVAL_MS = 5_000;

export const accessKeySchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

export interface RoutingPlan {
  readonly name: string;
  readonly dataTypes: readonly DataType[];
  readonly eventNames?: readonly string[];
  readonly kmsKeyArn?: string;
  readonly startFrom?: 'head' | 'earliest';
  readonly isLeaver?: boolean;
}

/** Who is asked for as an administrator; nobody can sign in as them. */
export async function createAdmin(db: Db, sealPublicKey: string, endpoints: readonly string[]): Promise<Ctx> {
  const person = { name: 'Chaos', email: 'chaos@sluice.example', role: 'admin' as const };
  const user = await db.user.create({ data: { ...person, organizationId: null, passwordHash: '' } });
  return {
    db,
    actor: { kind: 'user', userId: user.id, ...person, organizationId: null },
    sealer: createSealer(sealPublicKey),
    allowedEndpoints: endpoints,
    requestId: randomUUID(),
  };
}

/** An organization with one workspace and a server key. */
export async function createChaosWorkspace(
  ctx: Ctx,
  name: string,
  endpoint: string,
): Promise<ChaosWorkspace> {
  const { id: organizationId } = await createOrganization({ ctx, input: { name } });
  const workspace = await createWorkspace({ ctx, input: { organizationId, name: `${name} site` } });
  const { key } = await createApiKey({
    ctx,
    input: { workspaceId: workspace.id, kind: 'server', name: 'Producers' },
  });
  return { organizationId, workspaceId: workspace.id, serverKey: key, endpoint };
}

/** A started routing with an access key of its own. */
export async function createChaosRouting(
  { ctx, standIn }: { ctx: Ctx; standIn: StandInProcess },
  workspace: ChaosWorkspace,
  plan: RoutingPlan,
): Promise<ChaosRouting> {
  const keys = await standIn.command('create-key', {}, accessKeySchema);
  const root = `${plan.name}/`;
  const { dataTypes, eventNames = [], kmsKeyArn = '', startFrom = 'head' } = plan;
  const { routing } = await createRouting({
    ctx,
    input: {
      organizationId: workspace.organizationId,
      workspaceId: workspace.workspaceId,
      name: plan.name,
      endpoint: workspace.endpoint,
      bucket: BUCKET,
      region: REGION,
      prefix: root,
      kmsKeyArn,
      dataTypes: [...dataTypes],
      eventNames: [...eventNames],
      startFrom,
      promiseSeconds: PROMISE_SECONDS,
      flushIntervalMs: FLUSH_INTERVAL_MS,
      hourMarkers: true,
      ...keys,
    },
  });
  await startRouting({ ctx, input: { routingId: routing.id, withoutCheck: true } });
  const { accessKeyId } = keys;
  return {
    routingId: routing.id,
    name: plan.name,
    workspace,
    dataTypes,
    eventNames,
    root,
    kmsKeyArn,
    accessKeyId,
    isLeaver: plan.isLeaver ?? false,
    ending: null,
  };
}
