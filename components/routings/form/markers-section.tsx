import { Checkbox } from '@/components/ui/checkbox';
import { FormSection } from './form-section';

/** Whether each closed hour gets a file that says that it is complete. */
export function MarkersSection({ isOn }: { readonly isOn: boolean }) {
  return (
    <FormSection
      title="Hour markers"
      lead="For whoever starts a job when an hour is complete, instead of waiting for long enough."
    >
      <div className="flex min-h-7 items-start gap-2 pointer-coarse:min-h-11">
        <Checkbox id="hourMarkers" name="hourMarkers" value="on" defaultChecked={isOn} />
        <label htmlFor="hourMarkers" className="min-w-0">
          Write <span className="font-mono text-xs">_complete.json</span> into each closed hour{' '}
          <span className="text-muted text-sm">
            once nothing of it is on its way any more; it lists the hour’s files with rows, bytes and
            checksums. Athena, Hive and Spark do not read names that begin with an underscore.
          </span>
        </label>
      </div>
    </FormSection>
  );
}
