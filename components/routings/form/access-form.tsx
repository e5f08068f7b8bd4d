'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import type { LastEdit } from '@/components/routings/last-edit';
import type { RoutingView } from '@/lib/domain/routing/view';
import { AccessFields } from './access-fields';
import { FormSection } from './form-section';
import { useVersionedForm } from './use-versioned-form';
import { VersionedFields } from './versioned-fields';

interface AccessFormProps {
  readonly routing: RoutingView;
  readonly lastEdit: LastEdit | null;
  readonly action: FormAction<RoutingView>;
  readonly onSaved: () => void;
}

/** Takes the first access keys of a routing, or new ones in their place. */
export function AccessForm(props: AccessFormProps) {
  const [draft, setDraft] = useState(0);
  return <AccessEditor key={draft} {...props} onTakeTheirs={() => setDraft(draft + 1)} />;
}

function AccessEditor(props: AccessFormProps & { readonly onTakeTheirs: () => void }) {
  const { routing, lastEdit, action, onSaved, onTakeTheirs } = props;
  const editor = useVersionedForm({ routing, action, savedText: 'Access keys stored', onSaved });
  const isFirst = editor.initial.destination.accessKeyIdLast4 === null;
  return (
    <form {...editor.form} aria-label="Access keys">
      <VersionedFields
        editor={editor}
        routing={routing}
        lastEdit={lastEdit}
        onTakeTheirs={onTakeTheirs}
        saveLabel={isFirst ? 'Store access keys' : 'Replace access keys'}
      >
        <FormSection
          title={isFirst ? 'Access keys' : 'New access keys'}
          lead={
            isFirst
              ? 'Of an IAM user that may write to the bucket. Nothing is delivered before somebody starts the routing.'
              : 'The next upload uses them, also one that was refused before. Remove the old key at AWS once an upload has been confirmed.'
          }
        >
          <AccessFields errorOf={editor.errorOf} />
        </FormSection>
      </VersionedFields>
    </form>
  );
}
