import type { ObjectAccess, OpenedCredential, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { ClaimedCheck } from '@/lib/services/access-check/claim';
import type { CheckDeps } from './check-deps';

/** Opens a check's access as delivery would; what fails is an answer that the catalogue names. */
export async function openCheckAccess(
  deps: Pick<CheckDeps, 'openCredential' | 'roles' | 'logger'>,
  check: ClaimedCheck,
): Promise<StoreAnswer<ObjectAccess>> {
  const opened = await openCredential(deps, check);
  if (opened.kind === 'error') return opened;
  const { region, kmsKeyArn } = check;
  return { ...opened, value: { region, kmsKeyArn, credential: opened.value } };
}

async function openCredential(
  { openCredential: open, roles, logger }: Pick<CheckDeps, 'openCredential' | 'roles' | 'logger'>,
  check: ClaimedCheck,
): Promise<StoreAnswer<OpenedCredential>> {
  const { credential } = check;
  if (credential.kind === 'role') {
    return roles === undefined ? failed('AWS_IDENTITY_MISSING') : roles.open(check, credential);
  }
  if (credential.sealed === null) return failed('CredentialUnreadable');
  try {
    const value = await open(credential.sealed);
    return { kind: 'ok', value, requestId: null, httpStatus: 200 };
  } catch (err) {
    logger.error({ err, routingId: check.routingId }, 'A credential cannot be opened');
    return failed('CredentialUnreadable');
  }
}

function failed(code: string): Extract<StoreAnswer<never>, { kind: 'error' }> {
  return { kind: 'error', httpStatus: null, code, message: '', requestId: null };
}
