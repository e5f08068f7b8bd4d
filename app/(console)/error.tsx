'use client';

import { Failure } from '@/components/layout/failure';

export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" className="p-4 sm:p-6">
      <Failure error={error} retry={retry} />
    </main>
  );
}
