'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { useActionForm } from '@/components/forms/use-action-form';
import type { MadeLink } from '@/components/hand-over/create-link-dialog';
import { Page, PageTitle } from '@/components/layout/page';
import type { RoutingDraftView } from '@/lib/domain/routing/draft';
import { CreateButtons } from './create-buttons';
import { EMPTY_DRAFT, factsOf, toCreateDraft } from './create-draft';
import { CreateRoutingFields, type CreateRoutingOptions } from './create-routing-fields';
import { CustomerPreview } from './customer-preview';
import { DraftNotice } from './draft-notice';
import { DraftStamp } from './draft-stamp';
import { LinkMadeDialog } from './link-made-dialog';
import type { PreviewPeople } from './preview-view';
import type { RoutingMade } from './routing-made';
import { type DraftActions, useRoutingDraft } from './use-routing-draft';

interface CreateRoutingFormProps extends CreateRoutingOptions {
  /** What was saved of it before; null for one that begins. */
  readonly stored: RoutingDraftView | null;
  readonly draftActions: DraftActions;
  readonly people: PreviewPeople;
  readonly create: FormAction<RoutingMade>;
}

const CRUMBS = [{ label: 'Routings', href: '/routings' }, { label: 'New routing' }];

/** The whole of a new routing on one page, which saves itself and shows what the customer will see. */
export function CreateRoutingForm(props: CreateRoutingFormProps) {
  const { stored, organizationId, organizations } = props;
  const router = useRouter();
  const [made, setMade] = useState<(RoutingMade & { readonly link: MadeLink }) | null>(null);
  const leave = (id: string) => router.push(`/routings/${id}/connection`);
  const onCreated = (created: RoutingMade, notices: readonly string[]) => {
    for (const notice of notices) toast(notice, { duration: 15_000 });
    const { id, link } = created;
    if (link !== null && link.mailedTo === null) return setMade({ id, link });
    if (link !== null) toast(`The link is being mailed to ${link.mailedTo}`);
    leave(id);
  };
  const create: FormAction<RoutingMade> = async (typed) => {
    const saved = await draft.autosave.halt();
    typed.set('draftId', saved?.draft.id ?? '');
    typed.set('draftVersion', String(saved?.draft.version ?? ''));
    const result = await props.create(typed).catch((error: unknown) => {
      draft.autosave.goOn(saved);
      throw error;
    });
    if (!result.ok) draft.autosave.goOn(saved);
    return result;
  };
  const { form, isPending, refusal, errorOf, refuse } = useActionForm({ action: create, onDone: onCreated });
  const draft = useRoutingDraft({ formRef: form.ref, stored, actions: props.draftActions });
  const initial = draft.base === null ? EMPTY_DRAFT : toCreateDraft(draft.base);
  const [facts, setFacts] = useState(() => factsOf(initial));
  const placeTaken = draft.autosave.saved?.placeTaken ?? undefined;
  const isKept = draft.autosave.refusal?.code !== 'CONFLICT';
  return (
    <Page crumbs={CRUMBS} status={<DraftStamp autosave={draft.autosave} />}>
      <PageTitle title="New routing" lead="Delivers the events of one workspace to one S3 bucket." />
      <div className="grid items-start gap-6 2xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_20rem]">
        <form
          {...form}
          aria-label="New routing"
          className="min-w-0 rounded-card border border-border bg-surface"
        >
          <CreateRoutingFields
            key={draft.epoch}
            {...props}
            initial={initial}
            errorOf={(field) => errorOf(field) ?? (field === 'prefix' ? placeTaken : undefined)}
            onFacts={setFacts}
          />
          <DraftNotice
            autosave={draft.autosave}
            stored={stored}
            onTakeTheirs={draft.takeTheirs}
            onSaveMine={draft.saveMine}
          />
          <CreateButtons
            isPending={isPending}
            refusal={isKept ? refusal : null}
            createWithKeys={(keys) => {
              const typed = new FormData(form.ref.current ?? undefined);
              for (const [field, value] of keys) typed.set(field, value);
              return create(typed);
            }}
            onCreated={onCreated}
            onRefused={refuse}
            discard={draft.autosave.saved === null ? null : draft.discard}
          />
        </form>
        <CustomerPreview
          facts={facts}
          organizationName={organizations.find(({ id }) => id === organizationId)?.name ?? null}
          people={props.people}
        />
      </div>
      {made === null ? null : <LinkMadeDialog address={made.link.address} onClose={() => leave(made.id)} />}
    </Page>
  );
}
