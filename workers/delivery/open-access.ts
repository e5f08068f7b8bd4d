import type { Logger } from '@/lib/platform/logger';
import type { ObjectAccess, OpenedCredential, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';
import type { RoleSessions } from '@/lib/platform/sts/role-sessions';
import type { DeliveryLedger, FilePlace, PlaceAccess } from '@/lib/services/delivery/delivery-ledger';

/** What opening access needs. */
export interface AccessOpener {
  /** Throws when the credential cannot be opened. */
  readonly openCredential: (row: SealedCredentialRow) => Promise<OpenedCredential>;
  /** Sessions of customers' roles; without any, a role is answered as one for which no identity of ours is there. */
  readonly roleSessions?: Pick<RoleSessions, 'open'>;
  readonly logger: Logger;
}

type NotOpened = Extract<StoreAnswer<never>, { kind: 'error' }>;

/** STS answers within a second, or something is wrong there. */
const STS_DEADLINE_MS = 8_000;

/**
 * How the file's place is written to now, read anew for each PUT. What fails is an answer that the table of faults
 * knows, as if the store itself had refused.
 */
export async function openAccess(
  deps: AccessOpener & { readonly ledger: Pick<DeliveryLedger, 'readPlaceAccess'> },
  file: FilePlace,
): Promise<StoreAnswer<ObjectAccess>> {
  const access = await deps.ledger.readPlaceAccess(file);
  return access === null ? notOpened('CredentialUnreadable') : openPlace(deps, file, access);
}

/** The same of access that was read already. */
export async function openPlace(
  deps: AccessOpener,
  place: FilePlace,
  access: PlaceAccess,
): Promise<StoreAnswer<ObjectAccess>> {
  const { credential, ...how } = access;
  const opened =
    credential.kind === 'role'
      ? await openRole(deps, { ...credential, ...place, ...how })
      : await openKeys(deps, place.routingId, credential);
  return opened.kind === 'error' ? opened : { ...opened, value: { ...how, credential: opened.value } };
}

async function openRole(
  { roleSessions, logger }: AccessOpener,
  { routingId, ...place }: Parameters<RoleSessions['open']>[0] & { readonly routingId: string },
): Promise<StoreAnswer<OpenedCredential>> {
  if (roleSessions === undefined) return notOpened('AWS_IDENTITY_MISSING');
  const answer = await roleSessions.open(place, { deadlineMs: STS_DEADLINE_MS });
  if (answer.kind === 'error') {
    const { code, message, requestId } = answer;
    logger.warn({ routingId, code, message, requestId }, 'A role cannot be taken on');
  }
  return answer;
}

async function openKeys(
  { openCredential, logger }: AccessOpener,
  routingId: string,
  sealed: SealedCredentialRow,
): Promise<StoreAnswer<OpenedCredential>> {
  try {
    return { kind: 'ok', value: await openCredential(sealed), requestId: null, httpStatus: 200 };
  } catch (err) {
    logger.error({ err, routingId }, 'A credential cannot be opened');
    return notOpened('CredentialUnreadable');
  }
}

function notOpened(code: string): NotOpened {
  return { kind: 'error', httpStatus: null, code, message: '', requestId: null };
}
