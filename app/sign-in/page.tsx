import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { type SearchParams, searchParam } from '@/app/search-param';
import { SignInForm } from '@/components/account/sign-in-form';
import { BrandMark } from '@/components/layout/brand';
import { ThemeSwitch } from '@/components/layout/theme-switch';
import { currentSession } from '@/lib/auth/current-session';
import { returnPath } from './return-path';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const returnTo = returnPath(await searchParam(searchParams, 'callbackUrl'));
  if ((await currentSession()) !== null) redirect(returnTo);
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="fixed top-2 right-2">
        <ThemeSwitch />
      </div>
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-3">
          <BrandMark />
          <div>
            <h1 className="font-semibold text-lg">Sign in to Sluice</h1>
            <p className="text-muted text-sm">Event data, delivered to S3 within a promise.</p>
          </div>
        </div>
        <div className="rounded-card border border-border bg-surface p-6">
          <SignInForm returnTo={returnTo} />
        </div>
      </div>
    </main>
  );
}
