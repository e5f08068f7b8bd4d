'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { formatCountOf } from '@/lib/domain/format/count';
import { defaultDrainMinutes, type EndingMode } from '@/lib/domain/routing/ending-input';
import type { RoutingView } from '@/lib/domain/routing/view';

interface DisableDialogProps {
  readonly routing: RoutingView;
  readonly action: FormAction<RoutingView>;
}

const DEADLINE_HOURS = [1, 6, 24, 72, 168];

/** Asks what becomes of what is not delivered, until when, and why; of a routing that drains, only whether to discard. */
export function DisableDialog({ routing, action }: DisableDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const isDraining = routing.lifecycle === 'draining';
  const close = () => setOpen(false);
  return (
    <>
      <div>
        <Button onClick={() => setOpen(true)}>{isDraining ? 'Discard what is left…' : 'Disable…'}</Button>
      </div>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={isDraining ? `Discard what is left of ${routing.name}` : `Disable ${routing.name}`}
        description={
          isDraining
            ? 'No upload starts any more. One that is under way may still arrive.'
            : 'Nothing that is collected from now on is delivered by this routing. It cannot be started again.'
        }
      >
        <DisableForm routing={routing} action={action} onClose={close} />
      </Dialog>
    </>
  );
}

function DisableForm({ routing, action, onClose }: DisableDialogProps & { readonly onClose: () => void }) {
  const isDraining = routing.lifecycle === 'draining';
  const [mode, setMode] = useState<EndingMode>(isDraining ? 'discard' : 'drain');
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: () => {
      onClose();
      toast(
        mode === 'drain' ? 'Disabled. It delivers what is left.' : 'Disabled. What is left becomes a gap.',
      );
    },
  });
  const isDiscarding = mode === 'discard';
  return (
    <form {...form} className="grid gap-4" aria-label="Disable">
      <input type="hidden" name="routingId" value={routing.id} />
      {isDraining ? (
        <input type="hidden" name="mode" value="discard" />
      ) : (
        <Modes mode={mode} onModeChange={setMode} pendingRows={routing.pendingRows} />
      )}
      {isDiscarding ? (
        <p className="max-w-[72ch] text-sm">{lossSentence(routing.pendingRows)}</p>
      ) : (
        <Deadline retentionHours={routing.retentionHours} error={errorOf('drainMinutes')} />
      )}
      <Field name="reason" id="disable-reason" label="Reason" error={errorOf('reason')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Refusal refusal={refusal} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger">
          {isPending ? 'Disabling…' : isDiscarding ? 'Discard and disable' : 'Disable'}
        </Button>
      </div>
    </form>
  );
}

/** Said before it happens. */
function lossSentence(pendingRows: number): string {
  if (pendingRows === 0) return 'Nothing is waiting at the moment: no gap is expected.';
  return `${formatCountOf(pendingRows, 'event')} will not be delivered. They are recorded as a gap with their hours and your reason.`;
}

function Modes({
  mode,
  onModeChange,
  pendingRows,
}: {
  readonly mode: EndingMode;
  readonly onModeChange: (mode: EndingMode) => void;
  readonly pendingRows: number;
}) {
  const held = formatCountOf(pendingRows, 'waiting event');
  return (
    <RadioGroup
      name="mode"
      value={mode}
      onValueChange={(value) => onModeChange(value === 'discard' ? 'discard' : 'drain')}
      aria-label="What becomes of undelivered events"
    >
      <label htmlFor="disable-drain" className="flex items-start gap-2">
        <RadioItem id="disable-drain" value="drain" />
        <span className="min-w-0">Deliver {held} first</span>
      </label>
      <label htmlFor="disable-discard" className="flex items-start gap-2">
        <RadioItem id="disable-discard" value="discard" />
        <span className="min-w-0">Discard {held}</span>
      </label>
    </RadioGroup>
  );
}

function Deadline({
  retentionHours,
  error,
}: {
  readonly retentionHours: number;
  readonly error: string | undefined;
}) {
  const [minutes, setMinutes] = useState(String(defaultDrainMinutes(retentionHours)));
  const hours = [...new Set([...DEADLINE_HOURS.filter((at) => at < retentionHours), retentionHours])];
  const options = hours.map((at) => ({ value: String(at * 60), label: wordOf(at) }));
  return (
    <Field
      name="drainMinutes"
      id="disable-deadline"
      label="At most for"
      hint="What cannot be delivered by then becomes a gap. A paused routing delivers as well; a blocked one waits for its access."
      error={error}
    >
      {(control) => (
        <Select
          control={control}
          options={options}
          value={minutes}
          placeholder="Choose"
          onValueChange={setMinutes}
        />
      )}
    </Field>
  );
}

function wordOf(hours: number): string {
  return hours > 24 && hours % 24 === 0 ? formatCountOf(hours / 24, 'day') : formatCountOf(hours, 'hour');
}
