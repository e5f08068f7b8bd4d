'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { clearSecrets, useActionForm } from '@/components/forms/use-action-form';
import type { LastEdit } from '@/components/routings/last-edit';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import { AccessSection } from './access-section';
import { DataTypesField } from './data-types-field';
import { DestinationSection } from './destination-section';
import { FormSection } from './form-section';
import { PromiseSection } from './promise-section';
import { settingsDifferences } from './settings-differences';
import { VersionConflict } from './version-conflict';

interface SettingsFormProps {
  readonly routing: RoutingView;
  readonly lastEdit: LastEdit | null;
  readonly endpoints: readonly string[];
  readonly action: FormAction<RoutingView>;
}

/** Remounts the editor when its user gives up what was typed for what is stored. */
export function SettingsForm(props: SettingsFormProps) {
  const [draft, setDraft] = useState(0);
  return <SettingsEditor key={draft} {...props} onTakeTheirs={() => setDraft(draft + 1)} />;
}

/**
 * Edits a routing against the version its editor saw (`base`); `routing` is what is stored now. The fields start
 * from `initial` for good, or a refresh would slip stored values under what is being typed.
 */
function SettingsEditor({
  routing,
  lastEdit,
  endpoints,
  action,
  onTakeTheirs,
}: SettingsFormProps & { readonly onTakeTheirs: () => void }) {
  const router = useRouter();
  const [initial] = useState(routing);
  const [base, setBase] = useState(routing);
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: (saved, notices) => {
      setBase(saved);
      clearSecrets(form.ref.current);
      for (const notice of notices) toast(notice, { duration: 15_000 });
      toast('Settings saved');
    },
  });
  const isConflict = refusal?.code === 'CONFLICT';
  useEffect(() => {
    if (isConflict) router.refresh();
  }, [isConflict, router]);
  const saveMine = () => {
    flushSync(() => setBase(routing));
    form.ref.current?.requestSubmit();
  };
  return (
    <form {...form} aria-label="Settings" className="max-w-5xl rounded-card border border-border bg-surface">
      <input type="hidden" name="routingId" value={routing.id} />
      <input type="hidden" name="version" value={base.version} />
      <FormSection title="What" lead="The name that people see, and the kinds of data that are delivered.">
        <Field name="name" label="Name of the routing" error={errorOf('name')}>
          {(control) => <Input {...control} defaultValue={initial.name} />}
        </Field>
        <DataTypesField chosen={initial.dataTypes} error={errorOf('dataTypes')} />
      </FormSection>
      <DestinationSection
        defaults={{ ...initial.destination, kmsKeyArn: initial.destination.kmsKeyArn ?? '' }}
        endpoints={endpoints}
        errorOf={errorOf}
      />
      <AccessSection storedLast4={routing.destination.accessKeyIdLast4} errorOf={errorOf} />
      <PromiseSection
        promiseSeconds={initial.promiseSeconds}
        flushIntervalMs={initial.flushIntervalMs}
        errorOf={errorOf}
      />
      <div className="grid gap-4 border-border border-t p-4 sm:p-6">
        {refusal !== null && isConflict ? (
          <VersionConflict
            lastEdit={lastEdit}
            differences={settingsDifferences(base, routing)}
            onTakeTheirs={onTakeTheirs}
            onSaveMine={saveMine}
          />
        ) : (
          <Refusal refusal={refusal} />
        )}
        <Button type="submit" variant="primary" className="w-fit">
          {isPending ? 'Saving…' : 'Save settings'}
        </Button>
      </div>
    </form>
  );
}
