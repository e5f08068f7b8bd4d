'use client';

import './globals.css';
import { Failure } from '@/components/layout/failure';

/** Stands in for the root layout when that itself fails, so it brings its own document. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Sluice</title>
        <main className="grid min-h-dvh place-items-center p-4">
          <Failure error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
