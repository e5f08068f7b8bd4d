'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import type { LastEdit } from '@/components/routings/last-edit';
import type { RoutingView } from '@/lib/domain/routing/view';
import { AccessChoiceFields } from './access-choice-fields';
import type { AccessWay } from './access-way-radios';
import { FormSection } from './form-section';
import { useVersionedForm } from './use-versioned-form';
import { VersionedFields } from './versioned-fields';

const BOTH_WAYS = ['role', 'keys'] as const;
const KEYS_ONLY = ['keys'] as const;

interface AccessFormProps {
  readonly routing: RoutingView;
  readonly lastEdit: LastEdit | null;
  readonly offersRole: boolean;
  readonly action: FormAction<RoutingView>;
  readonly onSaved: () => void;
}

/** Takes the first access of a routing, keys or a role, or another in its place. */
export function AccessForm(props: AccessFormProps) {
  const [draft, setDraft] = useState(0);
  return <AccessEditor key={draft} {...props} onTakeTheirs={() => setDraft(draft + 1)} />;
}

function AccessEditor(props: AccessFormProps & { readonly onTakeTheirs: () => void }) {
  const { routing, lastEdit, offersRole, action, onSaved, onTakeTheirs } = props;
  const editor = useVersionedForm({ routing, action, savedText: 'Access stored', onSaved });
  const { accessKeyIdLast4, roleArn } = editor.initial.destination;
  const isFirst = accessKeyIdLast4 === null && roleArn === null;
  const [way, setWay] = useState<AccessWay>(accessKeyIdLast4 === null ? 'role' : 'keys');
  return (
    <form {...editor.form} aria-label="Access">
      <VersionedFields
        editor={editor}
        routing={routing}
        lastEdit={lastEdit}
        onTakeTheirs={onTakeTheirs}
        saveLabel={isFirst ? 'Store access' : 'Replace access'}
      >
        <FormSection
          title={isFirst ? 'Access' : 'New access'}
          lead={
            isFirst
              ? 'A role or an IAM user that may write to the bucket. Nothing is delivered before somebody starts the routing.'
              : 'It is checked first; what is in use goes on until that check has passed. Remove the old key or role in AWS once the new one is in use.'
          }
        >
          <AccessChoiceFields
            errorOf={editor.errorOf}
            ways={offersRole ? BOTH_WAYS : KEYS_ONLY}
            isRolePossible={offersRole}
            way={way}
            onChoose={setWay}
          />
        </FormSection>
      </VersionedFields>
    </form>
  );
}
