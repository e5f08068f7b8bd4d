'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { MeasuredTraffic } from '@/lib/domain/destination/estimate-files';
import type { NamedRef } from '@/lib/domain/routing/view';
import { type CreateDraft, factsOf, type LiveFacts } from './create-draft';
import { estimateSentence } from './estimate-sentence';
import { type OwnerActions, OwnerSection } from './owner-section';
import { PromiseSection } from './promise-section';
import { SelectionFields } from './selection-fields';
import { usePlace } from './use-place';
import { WhereSection } from './where-section';
import { WhoSection } from './who-section';

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
  readonly errorOf: (field: string) => string | undefined;
  /** Told whenever something changes that the customer will see. */
  readonly onFacts: (facts: LiveFacts) => void;
}

/** The questions of a new routing. They begin from `initial` for good: remount to begin anew. */
export function CreateRoutingFields(props: CreateRoutingFieldsProps) {
  const { initial, organizationId, workspaces, errorOf, onFacts } = props;
  const router = useRouter();
  const [chosenWorkspaceId, setWorkspaceId] = useState(initial.workspaceId);
  const [selection, setSelection] = useState(initial.selection);
  const [typedName, setName] = useState<string | null>(initial.name);
  const { kmsKeyArn, ...place } = initial.place;
  const [facts, setFacts] = useState(() => factsOf(initial));
  const change = (part: Partial<LiveFacts>) => {
    const next = { ...facts, ...part };
    setFacts(next);
    onFacts(next);
  };
  const state = usePlace(place, props.endpoints, (changed) => change({ place: changed }));
  const only = workspaces.length === 1 ? workspaces[0] : undefined;
  const workspace = workspaces.find(({ id }) => id === chosenWorkspaceId) ?? only;
  const workspaceId = workspace?.id ?? '';
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
          hint="For people. It is called like its workspace until you change it."
          error={errorOf('name')}
        >
          {(control) => (
            <Input
              {...control}
              value={typedName ?? workspace?.name ?? ''}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <SelectionFields selection={selection} onSelectionChange={setSelection} errorOf={errorOf} />
      </OwnerSection>
      <WhereSection
        state={state}
        placeBy={facts.placeBy}
        onPlaceByChange={(placeBy) => change({ placeBy })}
        kmsKeyArn={kmsKeyArn}
        ownerAccountId={facts.ownerAccountId}
        onFact={change}
        endpoints={props.endpoints}
        errorOf={errorOf}
      />
      <PromiseSection number={3} initial={initial.promise} errorOf={errorOf}>
        {(flushIntervalMs) => <Estimate sentence={estimateOf(flushIntervalMs)} />}
      </PromiseSection>
      <WhoSection
        contacts={initial.contacts}
        ways={facts.accessWays}
        onWaysChange={(accessWays) => change({ accessWays })}
        errorOf={errorOf}
      />
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
