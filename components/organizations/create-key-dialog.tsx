'use client';

import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { ShowOnceDialog } from '@/components/forms/show-once-dialog';
import { useActionForm } from '@/components/forms/use-action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import type { ApiKeyKind } from '@/lib/domain/access/api-key';
import type { WorkspaceView } from '@/lib/domain/access/workspace';
import { collectSnippet } from './collect-snippet';

export interface MadeKey {
  readonly key: string;
  readonly kind: ApiKeyKind;
}

interface CreateKeyDialogProps {
  readonly workspace: WorkspaceView;
  readonly collectorUrl: string | null;
  readonly action: FormAction<MadeKey>;
}

/** Makes a collection key and shows it once, with a command that tries it. */
export function CreateKeyDialog({ workspace, collectorUrl, action }: CreateKeyDialogProps) {
  return (
    <ShowOnceDialog<MadeKey>
      noun="key"
      accessibleLabel={`New key for ${workspace.name}`}
      title={`New collection key for ${workspace.name}`}
      description="With it a site, an app or a server sends events of this workspace."
      form={(on) => (
        <KeyForm workspaceId={workspace.id} action={action} onMade={on.made} onCancel={on.cancel} />
      )}
      show={(made) => ({
        secret: made.key,
        tryIt:
          collectorUrl === null
            ? null
            : {
                sentence: 'Try it: this sends one event',
                command: collectSnippet({ collectorUrl, ...made }),
              },
      })}
    />
  );
}

interface KeyFormProps {
  readonly workspaceId: string;
  readonly action: FormAction<MadeKey>;
  readonly onMade: (made: MadeKey) => void;
  readonly onCancel: () => void;
}

function KeyForm({ workspaceId, action, onMade, onCancel }: KeyFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone: onMade });
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="workspaceId" value={workspaceId} />
      <Field name="name" id="key-name" label="Name" hint="Where it will be used." error={errorOf('name')}>
        {(control) => <Input {...control} />}
      </Field>
      <RadioGroup name="kind" defaultValue="server" aria-label="Kind">
        <Kind kind="server" about="for your own servers; a secret, sent in a header only" />
        <Kind kind="browser" about="for web pages and apps; public by nature, may only send events" />
      </RadioGroup>
      <Refusal refusal={refusal} />
      <FormActions label="Create key" pendingLabel="Creating…" isPending={isPending} onCancel={onCancel} />
    </form>
  );
}

function Kind({ kind, about }: { readonly kind: ApiKeyKind; readonly about: string }) {
  return (
    <div className="flex items-start gap-2">
      <RadioItem id={`kind-${kind}`} value={kind} />
      <label htmlFor={`kind-${kind}`}>
        {kind === 'server' ? 'Server' : 'Browser'} <span className="text-muted text-sm">{about}</span>
      </label>
    </div>
  );
}
