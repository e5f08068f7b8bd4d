'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { Select, type SelectOption } from '@/components/ui/select';
import { LABEL_DISPLAY, routingLabelSchema } from '@/lib/domain/routing/label';
import { LABELS_BY_SEVERITY } from '@/lib/domain/routing/list-views';
import type { NamedRef } from '@/lib/domain/routing/view';
import { SORT_WORDS } from './columns';
import { isNarrowed, type ListAddress, listHref } from './list-address';

interface FilterChoices {
  readonly regions: readonly string[];
  /** Empty where the reader has one organization only. */
  readonly organizations: readonly NamedRef[];
}

interface ListFiltersProps {
  readonly address: ListAddress;
  readonly choices: FilterChoices;
  /** What stands at the end of the line. */
  readonly children: ReactNode;
}

const ANY = 'any';

/** Search and filters. What they say lives in the address; a choice is followed at once, a search when it is sent. */
export function ListFilters({ address, choices, children }: ListFiltersProps) {
  const router = useRouter();
  const go = (change: Partial<ListAddress>) => router.push(listHref(address, change));
  const { status, region, organizationId } = address;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchForm address={address} />
      <Filter
        name="status"
        label="Status"
        any="Any status"
        value={status}
        options={LABELS_BY_SEVERITY.map((label) => ({ value: label, label: LABEL_DISPLAY[label].word }))}
        onChange={(value) => go({ status: routingLabelSchema.nullable().parse(value) })}
      />
      <Filter
        name="region"
        label="Region"
        any="Any region"
        value={region}
        options={choices.regions.map((value) => ({ value, label: value }))}
        onChange={(value) => go({ region: value })}
      />
      {choices.organizations.length === 0 ? null : (
        <Filter
          name="organization"
          label="Organization"
          any="Any organization"
          value={organizationId}
          options={choices.organizations.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => go({ organizationId: value })}
        />
      )}
      <Filter
        name="sort"
        label="Order"
        any={SORT_WORDS.status ?? ''}
        value={address.sort === 'status' ? null : address.sort}
        options={Object.entries(SORT_WORDS)
          .filter(([key]) => key !== 'status')
          .map(([value, label]) => ({ value, label }))}
        onChange={(value) => go({ sort: value ?? 'status' })}
        className="sm:hidden"
      />
      {isNarrowed(address) ? (
        <Button variant="quiet" asChild>
          <Link href={listHref(address, { q: '', status: null, region: null, organizationId: null })}>
            Clear
          </Link>
        </Button>
      ) : null}
      <div className="ml-auto max-sm:w-full">{children}</div>
    </div>
  );
}

/** A form like any other: it works before the page answers to clicks, too. */
function SearchForm({ address }: { readonly address: ListAddress }) {
  const { q, ...rest } = address;
  const kept = new URL(listHref({ ...rest, q: '', page: 1, peek: null }), 'http://list').searchParams;
  return (
    <Form action="/routings" role="search" className="flex w-full items-center gap-2 sm:w-80">
      {[...kept].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Input
        key={q}
        type="search"
        name="q"
        defaultValue={q}
        aria-label="Search routings"
        placeholder="Name, organization, bucket"
      />
      <Button type="submit" size="icon" aria-label="Search">
        <Search aria-hidden />
      </Button>
    </Form>
  );
}

interface FilterProps {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly value: string | null;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string | null) => void;
  readonly className?: string;
}

function Filter({ name, label, any, value, options, onChange, className }: FilterProps) {
  // A value that is no choice any more is still what the list is filtered by.
  const isUnknown = value !== null && !options.some((option) => option.value === value);
  const unknown = isUnknown ? [{ value, label: name === 'organization' ? 'One organization' : value }] : [];
  const control = { id: `filter-${name}`, name, 'aria-describedby': undefined, 'aria-invalid': undefined };
  return (
    <div className={cn('min-w-0 flex-1 basis-36 sm:max-w-48', className)}>
      <label htmlFor={control.id} className="sr-only">
        {label}
      </label>
      <Select
        control={control}
        options={[{ value: ANY, label: any }, ...options, ...unknown]}
        value={value ?? ANY}
        placeholder={any}
        onValueChange={(next) => onChange(next === ANY ? null : next)}
      />
    </div>
  );
}
