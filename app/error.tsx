'use client';

import { Failure } from '@/components/layout/failure';

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <Failure error={error} retry={retry} />
    </main>
  );
}
