import { cookies } from 'next/headers';
import { webDeps } from './web-deps';

interface PageCookie {
  readonly name: string;
  readonly value: string;
  /** Of the one page that it is for. */
  readonly path: string;
  readonly expiresAt: Date;
}

/** Gives a page without an account its cookie: sent to that page alone, never across sites, and read by no script. */
export async function keepPageCookie({ name, value, path, expiresAt }: PageCookie): Promise<void> {
  const held = await cookies();
  held.set(name, value, {
    path,
    expires: expiresAt,
    httpOnly: true,
    sameSite: 'strict',
    secure: webDeps().address.isSecure,
  });
}
