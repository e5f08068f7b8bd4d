import { Checkbox } from '@/components/ui/checkbox';
import { FormSection } from './form-section';

/** Whether a quiet routing proves about hourly that it could still deliver. */
export function ProbeSection({ isOn }: { readonly isOn: boolean }) {
  return (
    <FormSection
      title="Looking in between"
      lead="Finds access that was taken away before the next file needs it."
    >
      <div className="flex min-h-7 items-start gap-2 pointer-coarse:min-h-11">
        <Checkbox id="accessProbe" name="accessProbe" value="on" defaultChecked={isOn} />
        <label htmlFor="accessProbe" className="min-w-0">
          Prove the access about hourly while no file is delivered{' '}
          <span className="text-muted text-sm">
            by a small upload under <span className="font-mono text-xs">_sluice/</span>. Switch it off where
            the bucket locks objects or keeps versions: each upload would leave one behind. The access is then
            proven by files alone.
          </span>
        </label>
      </div>
    </FormSection>
  );
}
