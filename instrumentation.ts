/** Runs once when the web server starts, in whatever runtime; only Node's has a database. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { requireWebBoot } = await import('@/lib/auth/require-web-boot');
  await requireWebBoot();
  const { announceWeb } = await import('@/lib/auth/announce-web');
  announceWeb();
}
