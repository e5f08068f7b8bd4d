import { accessWaysSchema, openWays } from '@/lib/domain/destination/access-ways';
import { invariant } from '@/lib/domain/errors';
import type { HandOverPageInput } from '@/lib/domain/hand-over/input';
import type { GivenAccess, HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { isUnstarted } from '@/lib/domain/routing/label';
import { lifecycleSchema } from '@/lib/domain/routing/state';
import type { Db } from '@/lib/platform/db/client';
import { readAccessCheck } from '@/lib/services/access-check/read';
import type { AnonymousCtx, Ctx } from '@/lib/services/context';
import { principalFor } from '@/lib/services/credential/require-role-way';
import { readSample } from '@/lib/services/sample/read';
import { findAsker } from './find-asker';
import { findOpenLink, type OpenLink, readSubmittedAt } from './lock-link';
import { readLinkViews } from './read-link-views';

/** What a link's page shows, for whoever holds its cookie. Changes nothing. Throws NOT_FOUND. */
export async function readHandOverPage(given: {
  ctx: AnonymousCtx & Pick<Ctx, 'roleWay'>;
  page: HandOverPageInput;
}): Promise<HandOverPageView> {
  const { db } = given.ctx;
  const link = await findOpenLink(db, given.page);
  const [row, origin, submittedAt, passedOn, check] = await Promise.all([
    readRow(db, link.routingId),
    readOrigin(db, link),
    readSubmittedAt(db, link.rootId),
    readLinkViews(db, { parentId: link.id }),
    readAccessCheck(db, { routingId: link.routingId }),
  ]);
  const { credential } = row;
  const principalArn = principalFor(given.ctx, row.place.endpoint);
  const sample = submittedAt === null ? null : await readSample(db, { routingId: link.routingId });
  return {
    linkId: link.id,
    routingId: link.routingId,
    organizationName: row.organizationName,
    workspaceName: row.workspaceName,
    ...origin,
    expiresAt: link.expiresAt.toISOString(),
    place: row.place,
    externalId: row.externalId,
    principalArn,
    ways: openWays(row.accessWays, principalArn !== null),
    access: toAccess(credential),
    accessGivenAt: credential?.createdAt.toISOString() ?? null,
    submittedAt: submittedAt?.toISOString() ?? null,
    isStarted: !isUnstarted(row.lifecycle),
    check,
    sample,
    passedOn: passedOn.map(({ recipient, createdAt, openedAt, state }) => {
      return { recipient, createdAt, openedAt, state };
    }),
  };
}

async function readRow(db: Db, routingId: string) {
  const routing = await db.routing.findUniqueOrThrow({
    where: { id: routingId },
    include: { workspace: { include: { organization: true } } },
  });
  const destination = await db.destination.findUnique({
    where: { routingId_version: { routingId, version: routing.destinationVersion } },
    include: {
      credential: { select: { kind: true, roleArn: true, accessKeyIdLast4: true, createdAt: true } },
    },
  });
  invariant(destination, 'every routing has its destination version');
  const { endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId, version } = destination;
  return {
    lifecycle: lifecycleSchema.parse(routing.lifecycle),
    accessWays: accessWaysSchema.parse(routing.accessWays),
    workspaceName: routing.workspace.name,
    organizationName: routing.workspace.organization.name,
    externalId: routing.workspace.organization.externalId,
    place: { endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId, destinationVersion: version },
    credential: destination.credential,
  };
}

type Origin = Pick<HandOverPageView, 'askedBy' | 'askedAt' | 'passedOnBy'>;

async function readOrigin(db: Db, link: OpenLink): Promise<Origin> {
  const [{ name, email, askedAt }, parent] = await Promise.all([
    findAsker(db, link.rootId),
    link.parentId === null
      ? null
      : db.handOverLink.findUniqueOrThrow({ where: { id: link.parentId }, select: { recipient: true } }),
  ]);
  const passedOnBy = parent === null ? null : (parent.recipient ?? 'somebody who had it before');
  return { askedBy: { name, email }, askedAt: askedAt.toISOString(), passedOnBy };
}

function toAccess(
  credential: { kind: string; roleArn: string | null; accessKeyIdLast4: string | null } | null,
): GivenAccess | null {
  if (credential === null) return null;
  if (credential.roleArn !== null) return { kind: 'role', roleArn: credential.roleArn };
  const { accessKeyIdLast4 } = credential;
  // The keys of a routing that has ended are gone.
  return accessKeyIdLast4 === null ? null : { kind: 'keys', accessKeyIdLast4 };
}
