import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

/** Searches the list; what was searched for lives in the address. */
export function RoutingSearch({ q }: { readonly q: string }) {
  return (
    <Form action="/routings" role="search" className="mb-4 flex max-w-xl items-center gap-2">
      <Input
        key={q}
        type="search"
        name="q"
        defaultValue={q}
        aria-label="Search routings"
        placeholder="Name, organization, workspace or bucket"
      />
      <Button type="submit">
        <Search aria-hidden />
        Search
      </Button>
      {q === '' ? null : (
        <Button variant="quiet" asChild>
          <Link href="/routings">Clear</Link>
        </Button>
      )}
    </Form>
  );
}
