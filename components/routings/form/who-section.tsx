'use client';

import { ContactFields, type ContactsText } from '@/components/routings/contacts/contact-fields';
import type { AccessWays } from '@/lib/domain/destination/access-ways';
import { ChoiceRadios } from './choice-radios';
import { FormSection } from './form-section';

const WAYS = [
  { id: 'any', label: 'Let them choose', detail: 'a role is recommended to them' },
  { id: 'role', label: 'Role only', detail: 'no secret leaves their account' },
  { id: 'keys', label: 'Keys only', detail: 'of an IAM user' },
] as const;

interface WhoSectionProps {
  readonly contacts: ContactsText;
  readonly ways: AccessWays;
  readonly onWaysChange: (ways: AccessWays) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Who gives access and how, and who is told that data arrives. */
export function WhoSection({ contacts, ways, onWaysChange, errorOf }: WhoSectionProps) {
  return (
    <FormSection
      number={4}
      title="Who sets it up"
      lead="People of the customer. They need no account here: the AWS admin works with a link."
    >
      <ContactFields initial={contacts} errorOf={errorOf} />
      <ChoiceRadios
        name="accessWays"
        label="How they give access"
        isLabelShown
        choices={WAYS}
        value={ways}
        onChoose={onWaysChange}
        error={errorOf('accessWays')}
      />
    </FormSection>
  );
}
