'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ActionRefusal } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { ContactFields } from '@/components/routings/contacts/contact-fields';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { MeasuredTraffic } from '@/lib/domain/destination/estimate-files';
import type { NamedRef } from '@/lib/domain/routing/view';
import { AccessSection } from './access-section';
import type { CreateDraft } from './create-draft';
import { DestinationSection } from './destination-section';
import { estimateSentence } from './estimate-sentence';
import { FormSection } from './form-section';
import { type OwnerActions, OwnerSection } from './owner-section';
import { PromiseSection } from './promise-section';
import { SelectionFields } from './selection-fields';

/** What there is to choose from, and what can be made in place. */
export interface CreateRoutingOptions {
  readonly organizations: readonly NamedRef[];
  readonly organizationId: string;
  readonly workspaces: readonly NamedRef[];
  readonly trafficByWorkspace: Readonly<Record<string, MeasuredTraffic>>;
  readonly endpoints: readonly string[];
  readonly ownerActions: OwnerActions;
}

interface CreateRoutingFieldsProps extends CreateRoutingOptions {
  readonly initial: CreateDraft;
  readonly isPending: boolean;
  readonly refusal: ActionRefusal | null;
  readonly errorOf: (field: string) => string | undefined;
  readonly onCancel: () => void;
}

/** The questions of a new routing. They begin from `initial` for good: remount to begin anew. */
export function CreateRoutingFields(props: CreateRoutingFieldsProps) {
  const { initial, organizationId, workspaces, errorOf } = props;
  const router = useRouter();
  const [chosenWorkspaceId, setWorkspaceId] = useState(initial.workspaceId);
  const [selection, setSelection] = useState(initial.selection);
  const only = workspaces.length === 1 ? workspaces[0] : undefined;
  const isOffered = workspaces.some((workspace) => workspace.id === chosenWorkspaceId);
  const workspaceId = isOffered ? chosenWorkspaceId : (only?.id ?? '');
  const estimateOf = (flushIntervalMs: number) =>
    estimateSentence({
      flushIntervalMs,
      dataTypes: selection.dataTypes,
      isFiltered: selection.eventNames.trim() !== '',
      traffic: props.trafficByWorkspace[workspaceId] ?? {},
    });
  return (
    <>
      <OwnerSection
        organizations={props.organizations}
        organizationId={organizationId}
        onOrganizationChange={(id) => router.replace(`/routings/new?organization=${id}`, { scroll: false })}
        workspaces={workspaces}
        workspaceId={workspaceId}
        onWorkspaceChange={setWorkspaceId}
        actions={props.ownerActions}
        errorOf={errorOf}
      >
        <Field
          name="name"
          label="Name of the routing"
          hint="For people, for example Main site to the data lake."
          error={errorOf('name')}
        >
          {(control) => <Input {...control} defaultValue={initial.name} />}
        </Field>
        <SelectionFields selection={selection} onSelectionChange={setSelection} errorOf={errorOf} />
      </OwnerSection>
      <DestinationSection
        number={2}
        lead="The bucket and the path inside it. Files are written below it, in folders by type, year, month, day and hour."
        defaults={initial.place}
        endpoints={props.endpoints}
        errorOf={errorOf}
      />
      <PromiseSection number={3} initial={initial.promise} errorOf={errorOf}>
        {(flushIntervalMs) => <Estimate sentence={estimateOf(flushIntervalMs)} />}
      </PromiseSection>
      <AccessSection number={4} initial={initial.access} errorOf={errorOf} />
      <FormSection number={5} title="Contacts" lead="People of the customer. They need no account here.">
        <ContactFields initial={initial.contacts} errorOf={errorOf} />
      </FormSection>
      <div className="grid gap-4 border-border border-t p-4 sm:p-6">
        <Refusal refusal={props.refusal} />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary">
            {props.isPending ? 'Creating…' : 'Create routing'}
          </Button>
          <Button variant="quiet" asChild>
            <Link href="/routings" onClick={props.onCancel}>
              Cancel
            </Link>
          </Button>
          <p className="text-muted text-sm">Nothing is delivered before somebody starts it.</p>
        </div>
      </div>
    </>
  );
}

function Estimate({ sentence }: { readonly sentence: string | null }) {
  if (sentence === null) return null;
  return (
    <p data-testid="estimate" className="max-w-[72ch] text-muted text-sm">
      {sentence}
    </p>
  );
}
