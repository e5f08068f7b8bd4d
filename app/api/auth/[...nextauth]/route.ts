import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/auth-options';

// The options come from the environment, which a build does not have: they are read at the first request.
function handle(request: NextRequest, segment: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(authOptions())(request, segment);
}

export { handle as GET, handle as POST };
