'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { NamedRef } from '@/lib/domain/routing/view';
import { AccessSection } from './access-section';
import { DataTypesField } from './data-types-field';
import { DestinationSection } from './destination-section';
import { type OwnerActions, OwnerSection } from './owner-section';
import { PROMISE_PRESETS } from './promise-presets';
import { PromiseSection } from './promise-section';

interface CreateRoutingFormProps {
  readonly organizations: readonly NamedRef[];
  readonly organizationId: string;
  readonly workspaces: readonly NamedRef[];
  readonly endpoints: readonly string[];
  readonly ownerActions: OwnerActions;
  readonly action: FormAction<{ readonly id: string }>;
}

const NOWHERE = { endpoint: '', bucket: '', region: '', prefix: '', kmsKeyArn: '' };
const USUAL = PROMISE_PRESETS[0] ?? { promiseSeconds: 300, flushIntervalMs: 60_000 };

/** The whole of a new routing on one page; the organization lives in the address, so a link can choose it. */
export function CreateRoutingForm(props: CreateRoutingFormProps) {
  const router = useRouter();
  const { form, isPending, refusal, errorOf } = useActionForm({
    action: props.action,
    onDone: ({ id }, notices) => {
      for (const notice of notices) toast(notice, { duration: 15_000 });
      router.push(`/routings/${id}`);
    },
  });
  const chooseOrganization = (id: string) =>
    router.replace(`/routings/new?organization=${id}`, { scroll: false });
  return (
    <form
      {...form}
      aria-label="New routing"
      className="max-w-5xl rounded-card border border-border bg-surface"
    >
      <OwnerSection
        organizations={props.organizations}
        organizationId={props.organizationId}
        workspaces={props.workspaces}
        onOrganizationChange={chooseOrganization}
        actions={props.ownerActions}
        errorOf={errorOf}
      >
        <Field
          name="name"
          label="Name of the routing"
          hint="For people, for example Main site to the data lake."
          error={errorOf('name')}
        >
          {(control) => <Input {...control} />}
        </Field>
        <DataTypesField chosen={['events', 'sync_aliases', 'segment']} error={errorOf('dataTypes')} />
      </OwnerSection>
      <DestinationSection number={2} defaults={NOWHERE} endpoints={props.endpoints} errorOf={errorOf} />
      <AccessSection number={3} storedLast4={null} errorOf={errorOf} />
      <PromiseSection
        number={4}
        promiseSeconds={USUAL.promiseSeconds}
        flushIntervalMs={USUAL.flushIntervalMs}
        errorOf={errorOf}
      />
      <div className="grid gap-4 border-border border-t p-4 sm:p-6">
        <Refusal refusal={refusal} />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary">
            {isPending ? 'Creating…' : 'Create routing'}
          </Button>
          <Button variant="quiet" asChild>
            <Link href="/routings">Cancel</Link>
          </Button>
          <p className="text-muted text-sm">Nothing is delivered before somebody starts it.</p>
        </div>
      </div>
    </form>
  );
}
