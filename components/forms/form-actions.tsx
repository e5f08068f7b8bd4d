import { Button } from '@/components/ui/button';

interface FormActionsProps {
  readonly label: string;
  readonly pendingLabel: string;
  readonly isPending: boolean;
  readonly onCancel: () => void;
  /** What it does is not easily taken back. */
  readonly isGrave?: boolean;
}

/** The two buttons at the end of a dialog's form: leave, or send it. */
export function FormActions({ label, pendingLabel, isPending, onCancel, isGrave = false }: FormActionsProps) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant={isGrave ? 'danger' : 'primary'}>
        {isPending ? pendingLabel : label}
      </Button>
    </div>
  );
}
