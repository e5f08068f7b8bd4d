'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { useActionForm } from '@/components/forms/use-action-form';
import { AWS_CHOICE } from './aws-choice';
import { EMPTY_DRAFT, KEPT_FIELDS, toCreateDraft } from './create-draft';
import { CreateRoutingFields, type CreateRoutingOptions } from './create-routing-fields';
import { RestoredNotice } from './restored-notice';
import { useTabDraft } from './use-tab-draft';

interface CreateRoutingFormProps extends CreateRoutingOptions {
  readonly action: FormAction<{ readonly id: string; readonly hasAccess: boolean }>;
}

/** The whole of a new routing on one page; the organization lives in the address, so a link can choose it. */
export function CreateRoutingForm(props: CreateRoutingFormProps) {
  const router = useRouter();
  const { form, isPending, refusal, errorOf } = useActionForm({
    action: props.action,
    onDone: ({ id, hasAccess }, notices) => {
      tabDraft.forget();
      for (const notice of notices) toast(notice, { duration: 15_000 });
      router.push(hasAccess ? `/routings/${id}` : `/routings/${id}/connection`);
    },
  });
  const tabDraft = useTabDraft({
    // One organization's bucket must not come up under another one.
    key: `new-routing:${props.organizationId}`,
    fields: KEPT_FIELDS,
    formRef: form.ref,
  });
  const [isFresh, setFresh] = useState(false);
  const endpointOf = (choice: string) => (choice === AWS_CHOICE ? '' : choice);
  const restored = isFresh ? null : toCreateDraft(tabDraft.restored, endpointOf);
  const startOver = () => {
    tabDraft.forget();
    setFresh(true);
  };
  return (
    <form
      {...form}
      aria-label="New routing"
      className="max-w-5xl rounded-card border border-border bg-surface"
    >
      {restored === null ? null : <RestoredNotice onStartOver={startOver} />}
      <CreateRoutingFields
        key={isFresh ? 'fresh' : restored === null ? 'new' : 'restored'}
        {...props}
        initial={restored ?? EMPTY_DRAFT}
        isPending={isPending}
        refusal={refusal}
        errorOf={errorOf}
        onCancel={tabDraft.forget}
      />
    </form>
  );
}
