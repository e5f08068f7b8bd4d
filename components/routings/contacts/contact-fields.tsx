import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { LIVE_CONTACTS_MAX } from '@/lib/domain/contact/contacts';

/** As they stand in the fields; several addresses are parted by commas. */
export interface ContactsText {
  readonly awsAdmin: string;
  readonly live: string;
}

interface ContactFieldsProps {
  readonly initial: ContactsText;
  readonly errorOf: (field: string) => string | undefined;
}

/** Who looks after the bucket, and who is told that the first file has arrived. */
export function ContactFields({ initial, errorOf }: ContactFieldsProps) {
  const liveFault = Array.from({ length: LIVE_CONTACTS_MAX }, (_, at) => errorOf(`live.${at}`)).find(Boolean);
  return (
    <>
      <Field
        name="awsAdmin"
        label="AWS admin of the customer"
        hint="Who can give access to the bucket. Told who handed it over."
        error={errorOf('awsAdmin')}
        optional
      >
        {(control) => <Input {...control} type="email" autoComplete="off" defaultValue={initial.awsAdmin} />}
      </Field>
      <Field
        name="live"
        label="Tell when it is live"
        hint="One address or several, parted by commas. Each gets a mail when the first file has arrived, with queries to paste."
        error={errorOf('live') ?? liveFault}
        optional
      >
        {(control) => <Input {...control} inputMode="email" autoComplete="off" defaultValue={initial.live} />}
      </Field>
    </>
  );
}
