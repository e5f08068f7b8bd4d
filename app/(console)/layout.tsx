import type { ReactNode } from 'react';
import { navigationFor } from '@/components/layout/navigation';
import { Shell } from '@/components/layout/shell';
import { requireCtx } from '@/lib/auth/require-ctx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { actor } = await requireCtx();
  return <Shell items={navigationFor(actor)}>{children}</Shell>;
}
