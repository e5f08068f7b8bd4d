'use client';

import { useState, useSyncExternalStore } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { useTimeZone } from '@/components/time/time-zone-provider';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { presentName } from '@/lib/domain/access/time-zone';

interface TimeZoneFormProps {
  readonly timeZone: string;
  readonly zones: readonly string[];
  readonly action: FormAction;
}

const never = () => () => undefined;

/** The zone that "local" means for this person on every device; whether it is shown is chosen in the top bar. */
export function TimeZoneForm({ timeZone, zones, action }: TimeZoneFormProps) {
  const [chosen, setChosen] = useState(timeZone);
  const { show } = useTimeZone();
  const ofBrowser = useSyncExternalStore(never, browserZone, () => null);
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: () => {
      show(chosen === 'UTC' ? 'utc' : 'account');
      toast(`Times are shown in ${chosen}`);
    },
  });
  const options = zones.includes(timeZone) ? zones : [timeZone, ...zones];
  const isSuggested = ofBrowser !== null && ofBrowser !== chosen && options.includes(ofBrowser);
  return (
    <form {...form} className="grid max-w-md gap-4">
      <Field
        name="timeZone"
        label="Zone"
        hint="Partition hours and file names stay in UTC always."
        error={errorOf('timeZone')}
      >
        {(control) => (
          <Select
            control={control}
            options={options.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
            value={chosen}
            placeholder="Choose"
            onValueChange={setChosen}
          />
        )}
      </Field>
      <Refusal refusal={refusal} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit">{isPending ? 'Saving…' : 'Save time zone'}</Button>
        {isSuggested ? (
          <Button variant="quiet" onClick={() => setChosen(ofBrowser)}>
            Take this browser’s: {ofBrowser.replaceAll('_', ' ')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function browserZone(): string | null {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === undefined ? null : presentName(timeZone);
}
