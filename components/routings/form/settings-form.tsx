'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import type { LastEdit } from '@/components/routings/last-edit';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { MeasuredTraffic } from '@/lib/domain/destination/estimate-files';
import type { RoutingView } from '@/lib/domain/routing/view';
import { estimateSentence } from './estimate-sentence';
import { FormSection } from './form-section';
import { MarkersSection } from './markers-section';
import { ProbeSection } from './probe-section';
import { PromiseSection } from './promise-section';
import { SelectionFields } from './selection-fields';
import { useVersionedForm } from './use-versioned-form';
import { VersionedFields } from './versioned-fields';

interface SettingsFormProps {
  readonly routing: RoutingView;
  readonly lastEdit: LastEdit | null;
  readonly traffic: MeasuredTraffic;
  readonly action: FormAction<RoutingView>;
}

/** Remounts the editor when its user gives up what was typed for what is stored. */
export function SettingsForm(props: SettingsFormProps) {
  const [draft, setDraft] = useState(0);
  return <SettingsEditor key={draft} {...props} onTakeTheirs={() => setDraft(draft + 1)} />;
}

function SettingsEditor(props: SettingsFormProps & { readonly onTakeTheirs: () => void }) {
  const { routing, lastEdit, traffic, action, onTakeTheirs } = props;
  const editor = useVersionedForm({ routing, action, savedText: 'Settings saved' });
  const { form, initial, errorOf } = editor;
  const [selection, setSelection] = useState({
    dataTypes: initial.dataTypes,
    eventNames: initial.eventNames.join(', '),
  });
  const { dataTypes, eventNames } = selection;
  const isFiltered = eventNames.trim() !== '';
  return (
    <form {...form} aria-label="Settings" className="max-w-5xl rounded-card border border-border bg-surface">
      <VersionedFields
        editor={editor}
        routing={routing}
        lastEdit={lastEdit}
        onTakeTheirs={onTakeTheirs}
        saveLabel="Save settings"
      >
        <FormSection title="What" lead="The name that people see, and the kinds of data that are delivered.">
          <Field name="name" label="Name of the routing" error={errorOf('name')}>
            {(control) => <Input {...control} defaultValue={initial.name} />}
          </Field>
          <SelectionFields selection={selection} onSelectionChange={setSelection} errorOf={errorOf} />
        </FormSection>
        <PromiseSection
          initial={{
            promiseSeconds: String(initial.promiseSeconds),
            flushIntervalSeconds: String(initial.flushIntervalMs / 1_000),
          }}
          errorOf={errorOf}
        >
          {(flushIntervalMs) => (
            <p className="max-w-[72ch] text-muted text-sm">
              {estimateSentence({ flushIntervalMs, dataTypes, isFiltered, traffic })}
            </p>
          )}
        </PromiseSection>
        <MarkersSection isOn={initial.hourMarkers} />
        <ProbeSection isOn={initial.accessProbe} />
      </VersionedFields>
    </form>
  );
}
