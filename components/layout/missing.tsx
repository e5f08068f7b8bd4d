import Link from 'next/link';
import { Button } from '@/components/ui/button';

/** For an address behind which nothing is, or nothing that this reader may see. */
export function Missing() {
  return (
    <div className="max-w-2xl rounded-card border border-border bg-surface p-6">
      <h1 className="font-semibold text-md">There is nothing here, or nothing that you can see.</h1>
      <p className="mt-1 max-w-[72ch] text-muted">
        The address may be mistyped, or it belongs to another organization.
      </p>
      <Button className="mt-4" variant="primary" asChild>
        <Link href="/routings">Go to the routings</Link>
      </Button>
    </div>
  );
}
