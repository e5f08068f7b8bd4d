'use client';

import { CopyBlock } from '@/components/ui/copy-block';
import type { GrantFormat, GrantPlace } from '@/lib/domain/grant/grant-place';
import { grantTexts } from '@/lib/domain/grant/grant-texts';
import { DisclosedForm } from './disclosed-form';

const LEADS: Readonly<Partial<Record<GrantFormat, { readonly role: string; readonly keys: string }>>> = {
  cloudformation: {
    role: 'Makes the role with its trust and its policy. The stack’s output is the ARN to enter.',
    keys: 'Makes the user with the policy. Make its access key afterwards: a template would show the secret.',
  },
  terraform: {
    role: 'Makes the role with its trust and its policy. The output is the ARN to enter.',
    keys: 'Makes the user with the policy. Make its access key afterwards: the state would hold the secret.',
  },
  cli: {
    role: 'For a POSIX shell. The last line prints the ARN to enter.',
    keys: 'For a POSIX shell. The last line prints the access key to enter, once only.',
  },
};

/** The same access for tools that make it, each behind its button. */
export function GrantFormats({ place }: { readonly place: GrantPlace }) {
  return grantTexts(place).map(({ format, title, fileName, text }) => {
    const lead = LEADS[format]?.[place.access.kind];
    return lead === undefined ? null : (
      <DisclosedForm key={format} label={title}>
        {() => (
          <div className="grid gap-3 p-4 sm:p-6">
            <p className="max-w-[72ch]">
              {lead} Save it as <code className="font-mono text-xs">{fileName}</code>.
            </p>
            <CopyBlock what={title} text={text} />
          </div>
        )}
      </DisclosedForm>
    );
  });
}
