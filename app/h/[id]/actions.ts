'use server';

import { headers } from 'next/headers';
import { answerAction } from '@/app/action-result';
import { formText } from '@/app/form-text';
import { readAccess } from '@/app/read-access';
import type { ActionResult } from '@/components/forms/action-result';
import type { PassedOnLink } from '@/components/hand-over/pass-on-dialog';
import { clientAddress } from '@/lib/auth/client-address';
import { handOverPage, keepHandOverPage } from '@/lib/auth/hand-over-page';
import { webDeps } from '@/lib/auth/web-deps';
import type { CheckStep } from '@/lib/domain/access-check/step';
import { beginHandOver } from '@/lib/services/hand-over/begin';
import { checkHandOverAgain } from '@/lib/services/hand-over/check-again';
import { declineHandOver } from '@/lib/services/hand-over/decline';
import { giveHandOverAccess } from '@/lib/services/hand-over/give-access';
import { nameHandOverPlace } from '@/lib/services/hand-over/name-place';
import { noteHandOverFixCopied } from '@/lib/services/hand-over/note-fix-copied';
import { passOnHandOver } from '@/lib/services/hand-over/pass-on';
import { retestHandOverRow } from '@/lib/services/hand-over/retest-row';

export async function beginAction(linkId: string, token: string): Promise<ActionResult> {
  return answerAction(async () => {
    const address = clientAddress((await headers()).get('x-forwarded-for') ?? undefined);
    const begun = await beginHandOver({ ctx: webDeps(), input: { linkId, token, address } });
    await keepHandOverPage(linkId, begun);
    return { value: null };
  });
}

export async function giveAccessAction(linkId: string, form: FormData): Promise<ActionResult> {
  return answerAction(async () => {
    const { notices } = await giveHandOverAccess({
      ctx: webDeps(),
      page: await handOverPage(linkId),
      input: {
        destinationVersion: Number(formText(form, 'destinationVersion')),
        ownerAccountId: formText(form, 'ownerAccountId'),
        ...readAccess(form),
      },
    });
    return { value: null, notices };
  });
}

export async function namePlaceAction(linkId: string, form: FormData): Promise<ActionResult> {
  return answerAction(async () => {
    const text = (field: string) => formText(form, field);
    await nameHandOverPlace({
      ctx: webDeps(),
      page: await handOverPage(linkId),
      input: {
        ...{ bucket: text('bucket'), region: text('region'), prefix: text('prefix') },
        ...{ kmsKeyArn: text('kmsKeyArn'), ownerAccountId: text('ownerAccountId') },
      },
    });
    return { value: null };
  });
}

export async function passOnAction(linkId: string, form: FormData): Promise<ActionResult<PassedOnLink>> {
  return answerAction(async () => ({
    value: await passOnHandOver({
      ctx: webDeps(),
      page: await handOverPage(linkId),
      input: { recipient: formText(form, 'recipient'), isMailed: formText(form, 'isMailed') !== '' },
      origin: webDeps().address.origin,
    }),
  }));
}

export async function declineAction(linkId: string): Promise<ActionResult> {
  return answerAction(async () => {
    await declineHandOver({ ctx: webDeps(), page: await handOverPage(linkId) });
    return { value: null };
  });
}

export async function checkAgainAction(linkId: string): Promise<ActionResult> {
  return answerAction(async () => {
    await checkHandOverAgain({ ctx: webDeps(), page: await handOverPage(linkId) });
    return { value: null };
  });
}

export async function retestRowAction(
  linkId: string,
  checkId: string,
  step: CheckStep,
): Promise<ActionResult> {
  return answerAction(async () => {
    const input = { checkId, step };
    await retestHandOverRow({ ctx: webDeps(), page: await handOverPage(linkId), input });
    return { value: null };
  });
}

export async function fixCopiedAction(linkId: string, checkId: string): Promise<ActionResult> {
  return answerAction(async () => {
    await noteHandOverFixCopied({ ctx: webDeps(), page: await handOverPage(linkId), input: { checkId } });
    return { value: null };
  });
}
