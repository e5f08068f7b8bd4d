'use client';

import { Button } from '@/components/ui/button';

interface FailureProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** A page that could not be shown: what that means for the data, the number to name, and one way on. */
export function Failure({ error, retry }: FailureProps) {
  const digest = digestOf(error);
  return (
    <div role="alert" className="max-w-2xl rounded-card border border-border bg-surface p-6">
      <h1 className="font-semibold text-md">Sluice could not show this page.</h1>
      <p className="mt-1 max-w-[72ch] text-muted">
        Opening it changed nothing, and accepted events stay stored. Try again; if it stays so, tell us
        {digest === null ? ' when it happened.' : ' this number:'}
      </p>
      {digest === null ? null : <p className="mt-2 font-mono text-xs">{digest}</p>}
      <Button className="mt-4" variant="primary" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}

/** The number under which the server has logged the error. */
function digestOf(error: unknown): string | null {
  const hasDigest = typeof error === 'object' && error !== null && 'digest' in error;
  return hasDigest && typeof error.digest === 'string' ? error.digest : null;
}
