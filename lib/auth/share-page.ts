import { cookies } from 'next/headers';
import { sharePath } from '@/lib/domain/share-link/address';
import type { SharePageInput } from '@/lib/domain/share-link/input';
import { keepPageCookie } from './keep-page-cookie';
import { webDeps } from './web-deps';

/** The link of an address and the token that its cookie holds; a missing cookie reads as empty and proves nothing. */
export async function sharePage(linkId: string): Promise<SharePageInput> {
  const held = await cookies();
  return { linkId, token: held.get(webDeps().address.cookies.share)?.value ?? '' };
}

/** Keeps the token for the page of one link: sent to that page alone, never across sites, and read by no script. */
export async function keepSharePage({ linkId, token }: SharePageInput, expiresAt: Date): Promise<void> {
  const name = webDeps().address.cookies.share;
  await keepPageCookie({ name, value: token, path: sharePath(linkId), expiresAt });
}
