import { Download } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { controlClasses, Input } from '@/components/ui/input';
import { AUDIT_EXPORT_MAX, AUDIT_KINDS } from '@/lib/domain/audit/list';
import { formatCount } from '@/lib/domain/format/count';
import type { NamedRef } from '@/lib/domain/routing/view';
import type { AuditQuery } from './audit-query';

interface AuditFilterFormProps {
  readonly query: AuditQuery;
  /** Empty for a customer, who has one only. */
  readonly organizations: readonly NamedRef[];
  /** The address of the same filter's file. */
  readonly exportHref: string;
  /** The same for programs. */
  readonly exportLinesHref: string;
  readonly isFiltered: boolean;
}

/** What to look for; it lives in the address, so a filter can be sent to somebody. */
export function AuditFilterForm(props: AuditFilterFormProps) {
  const { query, organizations, exportHref, exportLinesHref, isFiltered } = props;
  return (
    <Form key={exportHref} action="/audit" role="search" aria-label="Audit" className="mb-4 grid gap-3">
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 xl:flex">
        {organizations.length === 0 ? null : (
          <Labelled label="Organization" htmlFor="organization">
            <Choice name="organization" value={query.organization} all="All organizations">
              {organizations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Choice>
          </Labelled>
        )}
        <Labelled label="Who" htmlFor="who">
          <Input id="who" name="who" defaultValue={query.who} placeholder="Name or e-mail" maxLength={200} />
        </Labelled>
        <Labelled label="What" htmlFor="action">
          <Choice name="action" value={query.action} all="All actions">
            {AUDIT_KINDS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Choice>
        </Labelled>
        <Labelled label="On" htmlFor="target">
          <Input
            id="target"
            name="target"
            defaultValue={query.target}
            placeholder="Name or routing:…"
            maxLength={200}
          />
        </Labelled>
        <Labelled label="From (UTC day)" htmlFor="from">
          <Input id="from" type="date" name="from" defaultValue={query.from} />
        </Labelled>
        <Labelled label="To (UTC day)" htmlFor="to">
          <Input id="to" type="date" name="to" defaultValue={query.to} />
        </Labelled>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit">Filter</Button>
        {isFiltered ? (
          <Button variant="quiet" asChild>
            <Link href="/audit">Clear</Link>
          </Button>
        ) : null}
        <Button variant="quiet" asChild>
          <a href={exportHref} download>
            <Download aria-hidden />
            CSV
          </a>
        </Button>
        <Button variant="quiet" asChild>
          <a href={exportLinesHref} download>
            <Download aria-hidden />
            NDJSON
          </a>
        </Button>
        <span className="text-muted text-sm">
          A file holds the newest {formatCount(AUDIT_EXPORT_MAX)} rows of this filter at most.
        </span>
      </div>
    </Form>
  );
}

function Labelled(props: { readonly label: string; readonly htmlFor: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={props.htmlFor} className="truncate font-medium text-sm">
        {props.label}
      </label>
      {props.children}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly all: string;
  readonly children: ReactNode;
}

/** Not the form's Select, which has no way back to nothing chosen. */
function Choice({ name, value, all, children }: ChoiceProps) {
  return (
    <select id={name} name={name} defaultValue={value} className={controlClasses}>
      <option value="">{all}</option>
      {children}
    </select>
  );
}
