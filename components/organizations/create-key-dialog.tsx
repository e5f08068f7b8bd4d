'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import { Dialog } from '@/components/ui/dialog';
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
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) setMade(null);
  };
  return (
    <>
      <Button size="sm" onClick={() => change(true)} aria-label={`New key for ${workspace.name}`}>
        <Plus aria-hidden />
        New key
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title={made === null ? `New collection key for ${workspace.name}` : 'Copy the key now'}
        description={
          made === null
            ? 'With it a site, an app or a server sends events of this workspace.'
            : 'It is kept only as a fingerprint and cannot be shown again.'
        }
      >
        {made === null ? (
          <KeyForm
            workspaceId={workspace.id}
            action={action}
            onMade={setMade}
            onCancel={() => change(false)}
          />
        ) : (
          <MadeKeyView made={made} collectorUrl={collectorUrl} onDone={() => change(false)} />
        )}
      </Dialog>
    </>
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
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary">
          {isPending ? 'Creating…' : 'Create key'}
        </Button>
      </div>
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

interface MadeKeyViewProps {
  readonly made: MadeKey;
  readonly collectorUrl: string | null;
  readonly onDone: () => void;
}

function MadeKeyView({ made, collectorUrl, onDone }: MadeKeyViewProps) {
  return (
    <div className="grid gap-4">
      <CopyBlock what="key" text={made.key} />
      {collectorUrl === null ? null : (
        <div className="grid gap-1">
          <p className="font-medium text-sm">Try it: this sends one event</p>
          <CopyBlock what="command" text={collectSnippet({ collectorUrl, ...made })} />
        </div>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </div>
  );
}
