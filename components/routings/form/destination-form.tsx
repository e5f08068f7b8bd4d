'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import type { LastEdit } from '@/components/routings/last-edit';
import type { RoutingView } from '@/lib/domain/routing/view';
import { DestinationSection } from './destination-section';
import { useVersionedForm } from './use-versioned-form';
import { VersionedFields } from './versioned-fields';

interface DestinationFormProps {
  readonly routing: RoutingView;
  readonly lastEdit: LastEdit | null;
  readonly endpoints: readonly string[];
  readonly action: FormAction<RoutingView>;
  readonly onSaved: () => void;
}

/** Changes where a routing delivers to; each change is a new version of its destination. */
export function DestinationForm(props: DestinationFormProps) {
  const [draft, setDraft] = useState(0);
  return <DestinationEditor key={draft} {...props} onTakeTheirs={() => setDraft(draft + 1)} />;
}

function DestinationEditor(props: DestinationFormProps & { readonly onTakeTheirs: () => void }) {
  const { routing, lastEdit, endpoints, action, onSaved, onTakeTheirs } = props;
  const editor = useVersionedForm({ routing, action, savedText: 'Destination saved', onSaved });
  const { endpoint, bucket, region, prefix, kmsKeyArn } = editor.initial.destination;
  return (
    <form {...editor.form} aria-label="Destination">
      <VersionedFields
        editor={editor}
        routing={routing}
        lastEdit={lastEdit}
        onTakeTheirs={onTakeTheirs}
        saveLabel="Save destination"
      >
        <DestinationSection
          lead="The new place is checked first. Where the routing runs, new files go to it once that check has passed, and to the old one until then. Files that are sealed already still go to the place they were sealed for."
          defaults={{ endpoint, bucket, region, prefix, kmsKeyArn: kmsKeyArn ?? '' }}
          endpoints={endpoints}
          errorOf={editor.errorOf}
        />
      </VersionedFields>
    </form>
  );
}
