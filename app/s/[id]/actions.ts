'use server';

import { headers } from 'next/headers';
import { answerAction } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import { clientAddress } from '@/lib/auth/client-address';
import { keepSharePage } from '@/lib/auth/share-page';
import { webDeps } from '@/lib/auth/web-deps';
import { openShareLink } from '@/lib/services/share-link/open';

/** Exchanges the token of the address for the cookie of its page. */
export async function openAction(linkId: string, token: string): Promise<ActionResult> {
  return answerAction(async () => {
    const address = clientAddress((await headers()).get('x-forwarded-for') ?? undefined);
    const { expiresAt } = await openShareLink({ ctx: webDeps(), input: { linkId, token, address } });
    await keepSharePage({ linkId, token }, expiresAt);
    return { value: null };
  });
}
