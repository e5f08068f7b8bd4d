'use client';

import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { CreateNamedDialog } from '@/components/organizations/create-named-dialog';
import { Button } from '@/components/ui/button';
import { type ControlProps, Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { NamedRef } from '@/lib/domain/routing/view';
import { FormSection } from './form-section';

export interface OwnerActions {
  readonly createOrganization: FormAction<NamedRef>;
  readonly createWorkspace: FormAction<NamedRef>;
}

interface OwnerSectionProps {
  readonly organizations: readonly NamedRef[];
  readonly organizationId: string;
  readonly onOrganizationChange: (organizationId: string) => void;
  readonly workspaces: readonly NamedRef[];
  readonly workspaceId: string;
  readonly onWorkspaceChange: (workspaceId: string) => void;
  readonly actions: OwnerActions;
  readonly errorOf: (field: string) => string | undefined;
  readonly children: ReactNode;
}

/** Whose data it is; an organization or workspace that is missing is made here. */
export function OwnerSection(props: OwnerSectionProps) {
  const { organizationId, onOrganizationChange, onWorkspaceChange, actions, errorOf } = props;
  const [dialog, setDialog] = useState<'organization' | 'workspace' | null>(null);
  return (
    <FormSection
      number={1}
      title="Whose data"
      lead="The organization, and the site or app whose events are delivered."
    >
      <Field name="organizationId" label="Organization" error={errorOf('organizationId')}>
        {(control) => (
          <Picker
            control={control}
            noun="organization"
            refs={props.organizations}
            isReady
            value={organizationId}
            onValueChange={onOrganizationChange}
            onNew={() => setDialog('organization')}
          />
        )}
      </Field>
      <Field name="workspaceId" label="Workspace" error={errorOf('workspaceId')}>
        {(control) => (
          <Picker
            control={control}
            noun="workspace"
            refs={props.workspaces}
            isReady={organizationId !== ''}
            value={props.workspaceId}
            onValueChange={onWorkspaceChange}
            onNew={organizationId === '' ? undefined : () => setDialog('workspace')}
          />
        )}
      </Field>
      {props.children}
      <CreateNamedDialog
        open={dialog === 'organization'}
        onOpenChange={(open) => setDialog(open ? 'organization' : null)}
        noun="organization"
        description="A customer: it owns workspaces, keys and routings."
        example="As the customer calls itself, for example Aurora News."
        action={actions.createOrganization}
        onCreated={(created) => onOrganizationChange(created.id)}
      />
      <CreateNamedDialog
        open={dialog === 'workspace'}
        onOpenChange={(open) => setDialog(open ? 'workspace' : null)}
        noun="workspace"
        description="A site or an app; its collection keys are made on the organization’s page."
        example="For example Main site."
        hidden={{ organizationId }}
        action={actions.createWorkspace}
        onCreated={(created) => onWorkspaceChange(created.id)}
      />
    </FormSection>
  );
}

interface PickerProps {
  readonly control: ControlProps;
  readonly noun: string;
  readonly refs: readonly NamedRef[];
  /** False while another choice has to come first. */
  readonly isReady: boolean;
  readonly value: string;
  readonly onValueChange: (id: string) => void;
  readonly onNew?: (() => void) | undefined;
}

function Picker({ control, noun, refs, isReady, value, onValueChange, onNew }: PickerProps) {
  const nothing = isReady ? `No ${noun} yet` : 'Choose the organization first';
  return (
    <div className="flex gap-2">
      <Select
        control={control}
        options={refs.map((ref) => ({ value: ref.id, label: ref.name }))}
        value={value}
        placeholder={refs.length === 0 ? nothing : 'Choose'}
        onValueChange={onValueChange}
      />
      {onNew === undefined ? null : (
        <Button onClick={onNew} aria-label={`New ${noun}`}>
          <Plus aria-hidden />
          New
        </Button>
      )}
    </div>
  );
}
