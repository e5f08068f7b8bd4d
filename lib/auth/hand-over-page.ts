import { cookies } from 'next/headers';
import { handOverPath } from '@/lib/domain/hand-over/address';
import type { HandOverPageInput } from '@/lib/domain/hand-over/input';
import { keepPageCookie } from './keep-page-cookie';
import { webDeps } from './web-deps';

/** The link of an address and the cookie that came with it; a missing cookie reads as empty and proves nothing. */
export async function handOverPage(linkId: string): Promise<HandOverPageInput> {
  const held = await cookies();
  return { linkId, session: held.get(webDeps().address.cookies.handOver)?.value ?? '' };
}

/** Gives the page of one link its cookie: sent to that page alone, never across sites, and read by no script. */
export async function keepHandOverPage(
  linkId: string,
  { session, expiresAt }: { readonly session: string; readonly expiresAt: Date },
): Promise<void> {
  const name = webDeps().address.cookies.handOver;
  await keepPageCookie({ name, value: session, path: handOverPath(linkId), expiresAt });
}
