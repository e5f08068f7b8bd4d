import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

/** Searches the list by name; what was searched for lives in the address. */
export function OrganizationSearch({ q }: { readonly q: string }) {
  return (
    <Form action="/organizations" role="search" className="mb-4 flex max-w-xl items-center gap-2">
      <Input
        key={q}
        type="search"
        name="q"
        defaultValue={q}
        maxLength={200}
        aria-label="Search organizations"
        placeholder="Name"
      />
      <Button type="submit">
        <Search aria-hidden />
        Search
      </Button>
      {q === '' ? null : (
        <Button variant="quiet" asChild>
          <Link href="/organizations">Clear</Link>
        </Button>
      )}
    </Form>
  );
}
