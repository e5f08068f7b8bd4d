import { cn } from '@/components/ui/cn';
import { Field } from '@/components/ui/field';
import { controlClasses } from '@/components/ui/input';

interface EventNamesFieldProps {
  /** Names as typed: separated by spaces, commas or line ends. */
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly error: string | undefined;
}

/** Which events are delivered, by name; none named: every event. */
export function EventNamesField({ value, onValueChange, error }: EventNamesFieldProps) {
  return (
    <Field
      name="eventNames"
      label="Only events of these names"
      optional
      hint="For example Pageview, SlotClicked. Leave it empty to deliver every event. Aliases and segments are delivered whole."
      error={error}
    >
      {(control) => (
        <textarea
          {...control}
          rows={2}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className={cn(controlClasses, 'field-sizing-content h-auto min-h-9 py-2 font-mono text-sm')}
        />
      )}
    </Field>
  );
}
